public import Tocsin

/// What the client of a feed did with its connection to a venue.
///
/// Optional: without it a lost link is found by its silence. With it a lost link is found after a
/// shorter wait, snapshots after a reconnect teach nothing, and a reconnect storm is seen.
public struct ConnectionEvent: Hashable, Codable, Sendable, KeyedEvent {
  /// What happened.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// The connection stands. It proves nothing about data: a venue may be connected and mute.
    case connected
    /// The connection is gone.
    case disconnected
    /// The client tries again.
    case reconnecting
  }

  /// The venue, as in ``Tick/venue``.
  public var venue: String
  /// What happened.
  public var kind: Kind

  /// Makes an event.
  public init(venue: String, _ kind: Kind) {
    self.venue = venue
    self.kind = kind
  }

  /// The venue.
  public var key: String { venue }
}

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
