/// Keeps what has to survive a restart: at the edge of the world, off the lane.
///
/// It is asked once at the start, and told of every change after it was commanded. What it throws is
/// tried again, with back-off, and alerted on; it delays no halt.
public protocol SafetyStore: Sendable {
  /// Reads what was saved last. ``SafetyStart/absent`` only when it is certain that there is nothing.
  @concurrent
  func load() async -> SafetyStart

  /// Saves a record so that it survives a loss of power; returns when it does.
  @concurrent
  func save(_ record: SavedSafety) async throws
}
