public import Tocsin

/// A feed became too old, or young again, by one of two clocks.
public struct FeedAge: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Which clock the age was measured on.
  public enum Clock: String, Hashable, Codable, Sendable, CaseIterable {
    /// Ours: how long nothing arrived. Finds feeds that are connected but mute.
    case receive
    /// The venue's: how old what arrived already was. Finds feeds that run late.
    case venue
  }

  /// Names one stream on one clock.
  public struct Key: Hashable, Codable, Sendable {
    /// The stream.
    public var stream: StreamKey
    /// The clock.
    public var clock: Clock
  }

  /// The stream it is about.
  public var stream: StreamKey
  /// Which clock the age was measured on.
  public var clock: Clock
  /// The age: the silence so far (or the silence that ended), or the lag above the usual.
  public var age: Duration
  /// The age that is too much.
  public var limit: Duration
  /// Firing when it became too old, resolved when it is young again.
  public var phase: Phase

  /// Makes a feed age.
  public init(stream: StreamKey, clock: Clock, age: Duration, limit: Duration, phase: Phase) {
    self.stream = stream
    self.clock = clock
    self.age = age
    self.limit = limit
    self.phase = phase
  }

  /// The stream and the clock: a silence does not resolve a lag.
  public var key: Key { Key(stream: stream, clock: clock) }

  /// The same as an alert: `feed.silent` or `feed.late`, about the stream, its value in seconds.
  public var alert: Alert {
    Alert(
      clock == .receive ? "feed.silent" : "feed.late",
      .error,
      subject: stream.description,
      message: message,
      value: age.inSeconds,
      phase: phase,
      labels: ["venue": stream.venue, "symbol": stream.symbol]
    )
  }

  private var message: String {
    switch (clock, phase) {
    case (.receive, .firing):
      "Nothing from \(stream) for \(age.words) (limit \(limit.words)): the feed may be mute."
    case (.receive, .resolved): "\(stream) sends again after \(age.words) of silence."
    case (.venue, .firing):
      "Data from \(stream) is \(age.words) late (limit \(limit.words)): do not trade on it."
    case (.venue, .resolved): "Data from \(stream) is on time again."
    }
  }
}

extension Duration {
  /// The duration in seconds, of whole nanoseconds; exact to about 15 digits.
  var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }

  /// The duration for a person, to the millisecond: `1.5 s`.
  var words: String {
    let milliseconds = (inSeconds * 1_000).rounded() / 1_000
    let text = "\(milliseconds)"
    return "\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) s"
  }
}
