import Testing
import Tocsin
import TocsinTesting

/// How a body in virtual time ended.
struct WorldRun: Sendable {
  var error: VirtualTimeError?
  var realTime: Duration

  /// Runs a body that should end with an error of the world.
  init(
    _ options: WorldOptions = WorldOptions(),
    _ body: @escaping @Sendable (VirtualWorld) async throws -> Void
  ) {
    let clock = ContinuousClock()
    let begin = clock.now
    do {
      try withVirtualTime(options) { try await body($0) }
    } catch {
      self.error = error as? VirtualTimeError
    }
    realTime = begin.duration(to: clock.now)
  }

  /// The whole message.
  var words: String { error?.description ?? "no error" }

  /// Whether it ended by itself and did not wait. A loaded machine may stop the thread for a while.
  var isQuick: Bool { realTime < .seconds(5) }
}

/// An actor on a lane of its own.
actor Desk: LaneActor {
  nonisolated let lane: Lane
  private(set) var notes: [String] = []

  init(on lane: Lane) { self.lane = lane }

  func note(_ text: String) { notes.append(text) }

  /// Calls another desk, which calls this one, for ever.
  func ping(_ other: Desk) async {
    while !Task.isCancelled { await other.note("") }
  }
}
