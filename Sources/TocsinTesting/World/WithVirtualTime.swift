internal import Synchronization
internal import Tocsin

/// Runs a body in a world of its own, in virtual time, on the calling thread, and gives its result.
///
/// Everything runs that is ready; then time moves, as far as the body lets it: by
/// ``VirtualWorld/advance(by:)``, or, where it only waits, to the next deadline. Nothing sleeps, and
/// nothing yields and hopes: that everything is quiet is known.
///
/// ```swift
/// @Test func staleFeedAlerts() throws {
///   try withVirtualTime { world in
///     let desk = try await graph.run(on: world.lane("desk"))
///     await world.advance(by: .minutes(5))
///   }
/// }
/// ```
///
/// - Parameters:
///   - options: Where time starts, and how far and how long it may run.
///   - schedule: How ready work of different lanes is ordered.
///   - body: What to run. It is a task of the world.
/// - Returns: What the body gives.
/// - Throws: What the body throws; ``VirtualTimeError`` when something left the world, nothing can
///   move, work does not end, or tasks and timers are left behind.
public func withVirtualTime<Result: Sendable>(
  _ options: WorldOptions = WorldOptions(),
  schedule: Schedule = .inOrder,
  _ body: sending @escaping (VirtualWorld) async throws -> Result
) throws -> Result {
  try VirtualWorld(options, schedule: schedule).run(body)
}

extension VirtualWorld {
  func run<Result: Sendable>(
    _ body: sending @escaping (VirtualWorld) async throws -> Result
  ) throws -> Result {
    let outcome = Outcome<Result>()
    let task = timeline.spawn("the body") {
      do {
        let result = try await VirtualWorld.$current.withValue(self) { try await body(self) }
        outcome.set(.success(result))
      } catch {
        outcome.set(.failure(error))
      }
    }
    do {
      try drive { try $0.run(until: { outcome.isSet }, since: now) }
    } catch {
      task.cancel()
      giveUp()
      if !outcome.isSet { Abandonment.current?.note() }
      throw error
    }
    switch outcome.value {
    case .success(let result):
      try tidyUp()
      return result
    case .failure(let error):
      giveUp()
      throw error
    case nil:
      throw error(.stuck, "The body has not ended.")
    }
  }

  /// Cancels what is left and lets it end, without letting time pass.
  private func giveUp() {
    timeline.cancelTasks()
    _ = try? drive { pump in
      for _ in 0..<1_000 {
        _ = pump.pump.runReady(atMost: 1_024)
        var isMoving = pump.resumeRequests { _ in true }
        if let target = pump.pump.passTarget {
          pump.pump.resumePassing(target)
          isMoving = true
        }
        if !isMoving { return }
      }
    }
  }

  /// Looks at what the body has left behind.
  private func tidyUp() throws {
    try drive { try $0.settle() }
    let (tasks, closures) = (timeline.liveTasks, timeline.scheduledClosures)
    guard !tasks.isEmpty || !closures.isEmpty else { return }
    giveUp()
    if options.leftovers == .fail { throw leftovers(tasks, closures) }
  }

  private func leftovers(_ tasks: [String], _ closures: [String]) -> VirtualTimeError {
    var parts: [String] = []
    if !tasks.isEmpty {
      parts.append("tasks that have not ended: \(tasks.joined(separator: ", "))")
    }
    if !closures.isEmpty {
      parts.append("closures that are still scheduled on: \(closures.joined(separator: ", "))")
    }
    return error(
      .leftovers,
      "The body has ended and leaves behind \(parts.joined(separator: "; ")). Cancel them at the "
        + "end of the test, or allow it with `leftovers = .cancel`."
    )
  }
}

final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Swift.Result<Value, any Error>?>(nil)

  var value: Swift.Result<Value, any Error>? { result.withLock { $0 } }
  var isSet: Bool { value != nil }
  func set(_ new: Swift.Result<Value, any Error>) { result.withLock { $0 = new } }
}
