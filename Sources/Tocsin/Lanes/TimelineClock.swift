/// The clock of a time line, for code that takes `some Clock`.
///
/// `sleep` is woken by the time line: at once in virtual time when the clock is moved there, by the
/// loop's timer in real time. Equal deadlines wake in the order they were set. A cancelled sleep
/// throws `CancellationError` at once and leaves no timer.
public struct TimelineClock: Clock, Sendable {
  public typealias Duration = Swift.Duration
  public typealias Instant = Tocsin.Instant

  let loop: Loop

  /// The time of the time line.
  public var now: Instant { Instant(nanoseconds: loop.now) }

  /// One nanosecond.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// Waits until `deadline`. The tolerance is not used: deadlines are kept as exactly as they can.
  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    try Task.checkCancellation()
    let loop = self.loop
    let id = loop.reserveTimer()
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        loop.wake(continuation, at: deadline, id: id)
        if Task.isCancelled { loop.takeSleeper(id)?.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      loop.takeSleeper(id)?.resume(throwing: CancellationError())
    }
  }
}
