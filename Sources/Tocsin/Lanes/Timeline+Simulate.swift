internal import Synchronization

extension Timeline {
  /// Runs an asynchronous body in virtual time, and gives its result.
  ///
  /// The body is a task of this time line. Everything runs on the calling thread: what is ready
  /// first; then, where the body lets time ``pass(_:)``, the next deadline. Nothing sleeps.
  ///
  /// - Parameter body: What to run. It moves time with ``pass(_:)``, not with `advance`.
  /// - Returns: What the body gives.
  /// - Throws: What the body throws. ``StuckError`` at once when nothing can move and the body still
  ///   waits; it is cancelled first.
  public func simulate<Result: Sendable>(
    _ body: sending @escaping (Timeline) async throws -> Result
  ) throws -> Result {
    let outcome = Outcome<Result>()
    let start = now
    let task = spawn("body") {
      do {
        let result = try await body(self)
        outcome.set(.success(result))
      } catch {
        outcome.set(.failure(error))
      }
    }
    drive { pump($0, until: { outcome.isSet }) }
    if let result = outcome.value { return try result.get() }
    let stuck = StuckError(start: start, now: now, waiting: liveTasks, nextDeadline: nextDeadline)
    task.cancel()
    drive { pump($0, until: { outcome.isSet }) }
    throw stuck
  }

  /// Lets virtual time pass, inside ``simulate(_:)``: every deadline on the way fires at its own
  /// instant, and what that brings about has run when it returns.
  public func pass(_ duration: Duration) async {
    await pass(until: now.advanced(by: duration))
  }

  /// Lets virtual time pass until an instant, inside ``simulate(_:)``. Time never goes back: for an
  /// earlier instant only what is ready runs.
  public func pass(until target: Instant) async {
    let target = max(target, now)
    await withUnsafeContinuation { continuation in
      let isDriven = driver.withLock { state in
        state.passing.append(Passing(target: target, continuation: continuation))
        return state.isDriven
      }
      precondition(
        isDriven,
        "Only Timeline.simulate(_:) lets time pass; use advance(by:) elsewhere."
      )
    }
  }

  private var nextDeadline: Instant? {
    let next = loops[0].nextDeadline
    return next == .distantFuture ? nil : next
  }

  private func pump(_ loop: Loop, until isDone: () -> Bool) {
    repeat { while loop.runReady() {} } while !isDone() && move(loop)
  }

  /// Moves time toward the earliest instant that a task lets it pass to. False when nobody does.
  private func move(_ loop: Loop) -> Bool {
    if loop.fireDue(upTo: loop.now) { return true }
    guard let target = driver.withLock({ $0.passing.map(\.target).min() }) else { return false }
    if step(loop, upTo: target) { return true }
    loop.setVirtualNow(target.nanoseconds)
    driver.withLock { $0.takePassing(target) }?.continuation.resume()
    return true
  }
}

/// A task that lets time pass to an instant.
struct Passing: Sendable {
  var target: Instant
  var continuation: UnsafeContinuation<Void, Never>
}

extension DriverState {
  mutating func takePassing(_ target: Instant) -> Passing? {
    passing.firstIndex { $0.target == target }.map { passing.remove(at: $0) }
  }
}

/// A simulation in which nothing can move, and the body still waits.
public struct StuckError: Error, Hashable, Sendable, CustomStringConvertible {
  /// When the simulation began.
  public let start: Instant
  /// The virtual time at which it stands still.
  public let now: Instant
  /// The tasks that have not ended, in the order they were started.
  public let waiting: [String]
  /// The earliest deadline; nil when no timer is pending.
  public let nextDeadline: Instant?

  /// Who waits, and what could have moved them.
  public var description: String {
    "The simulation stands still at \(offset(now)), and its body still waits. "
      + "Tasks that have not ended: \(waiting.joined(separator: ", ")). " + hint
  }

  private var hint: String {
    guard let nextDeadline else {
      return "No timer is pending: they wait for something that nobody on this time line does."
    }
    return "Next timer at \(offset(nextDeadline)): nobody advances time. Call `pass(_:)`."
  }

  private func offset(_ instant: Instant) -> String {
    let nanoseconds = start.nanoseconds(to: instant)
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    if rest == 0 { return "t+\(seconds)s" }
    let digits = String(String(1_000_000_000 + rest).dropFirst())
    return
      "t+\(seconds).\(digits.prefix(through: digits.lastIndex { $0 != "0" } ?? digits.startIndex))s"
  }
}

private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Swift.Result<Value, any Error>?>(nil)

  var value: Swift.Result<Value, any Error>? { result.withLock { $0 } }
  var isSet: Bool { value != nil }
  func set(_ new: Swift.Result<Value, any Error>) { result.withLock { $0 = new } }
}
