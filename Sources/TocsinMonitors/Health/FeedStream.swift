/// What a feed watch remembers of one stream.
struct FeedStream: Sendable {
  enum State: UInt8, Sendable {
    /// It is waited for and sent nothing yet.
    case expected
    case alive
    /// It was told silent; the next tick is news.
    case told
    /// It was told silent before it sent anything.
    case missing
  }

  var pace: GapLearner
  var state: State
  /// The place of its venue.
  let venue: Int32
  /// Where the lag rule has the same stream; a hint, -1 for none.
  var lagSlot: Int32 = -1

  init(venue: Int, state: State, start: Int64, limit: Int64) {
    pace = GapLearner(start: start, limit: limit)
    self.state = state
    self.venue = Int32(venue)
  }
}

/// What a feed watch remembers of one venue.
struct FeedVenue: Sendable {
  enum State: UInt8, Sendable { case up, lost, mute }

  /// All its ticks together.
  var pace: GapLearner
  /// A silence of the venue that is unusual for it, without the least limit: when a stream is due
  /// and its venue is silent for so long, the venue is meant.
  var together: Int64
  var state = State.up
  /// Since when the client says that there is no connection.
  var downSince: Int64?
  var hasSent = false
  /// How many of its streams are waited for, and how many of those are told silent.
  var members = 0
  var silent = 0
  /// Silence counts from here on at the earliest: since the link is back.
  var floor: Int64 = .min
  /// What arrives before teaches nothing: snapshots.
  var warmUntil: Int64 = .min
  var lastHeartbeat: Int64 = .min
  var reconnects = ReconnectStorm()

  init(start: Int64, limit: Int64) {
    pace = GapLearner(start: start, limit: limit)
    together = limit
  }
}

/// The latest reconnects of a venue.
struct ReconnectStorm: Sendable {
  private var instants = Recent<Int64>(capacity: 1)
  private var wasConnected = false
  private var isTrying = false
  var isTold = false

  /// Notes an event; true when it is a reconnect.
  mutating func note(_ kind: Connection.State, at now: Int64, capacity: Int) -> Bool {
    let isReconnect =
      kind == .reconnecting || (kind == .connected && wasConnected && !isTrying)
    isTrying = kind == .reconnecting || (isTrying && kind == .disconnected)
    wasConnected = wasConnected || kind == .connected
    guard isReconnect else { return false }
    if instants.capacity != capacity { instants = Recent(capacity: capacity) }
    instants.append(now)
    return true
  }

  /// From the first to the last of the latest reconnects, when there are as many as count.
  var span: Int64? {
    guard instants.count == instants.capacity, let first = instants.first, let last = instants.last
    else { return nil }
    return last &- first
  }

  var last: Int64? { instants.last }
  var count: Int { instants.count }
}
