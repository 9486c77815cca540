public import Tocsin

/// How many reconnects are too many.
public struct ReconnectLimit: Hashable, Codable, Sendable {
  /// So many…
  public var count: Int
  /// …within so long. As long without a reconnect ends it.
  public var window: Duration

  /// Makes a limit; at least 2 reconnects, at most 1,000.
  public init(_ count: Int = 5, within window: Duration = .minutes(5)) {
    self.count = min(1_000, max(2, count))
    self.window = window
  }
}
