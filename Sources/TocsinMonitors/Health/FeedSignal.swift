/// What a ``FeedWatch`` has to know.
public enum FeedSignal: Hashable, Sendable {
  /// A stream sent something.
  case tick(StreamKey)
  /// A component answered. Only those named as a venue is are a sign of life of that venue.
  case heartbeat(String)
  /// The client of a feed did something with its connection.
  case connection(Connection)
  /// A stream is waited for no longer, until its next tick.
  case release(StreamKey)
  /// Something else happened: time has begun, and no more.
  case other
}

/// What became wrong, or right again, with feeds at one instant.
public struct FeedNews: Hashable, Sendable {
  /// About venues.
  public var links: [LinkFinding] = []
  /// About single streams.
  public var ages: [FeedAge] = []
  /// The number of streams that are watched, when this is the first that has no room: it and those
  /// to come are not.
  public var fullAt: Int?

  /// Nothing.
  public init() {}

  var isEmpty: Bool { links.isEmpty && ages.isEmpty && fullAt == nil }
}
