public import Tocsin

/// Something is wrong, or right again, with a venue as a whole. Told once, in place of one finding
/// for every stream.
public struct LinkFinding: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// What is wrong.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// Nothing arrives any more, or the client says that the connection is gone.
    case lost
    /// The venue's heartbeats arrive, its data does not: connected but mute.
    case mute
    /// It was connected again and again.
    case reconnecting
    /// Everything that arrives is late by the venue's own clock.
    case late
    /// The venue's clock went away from ours in one step, or old data is sent again.
    case clock
  }

  /// Names one thing that can be wrong with a venue. Lost and mute are states of one.
  public struct Key: Hashable, Codable, Sendable {
    /// The venue.
    public var venue: String
    /// What can be wrong: `link`, `reconnects`, `lag` or `clock`.
    public var about: String
  }

  /// The venue.
  public var venue: String
  /// What is wrong.
  public var kind: Kind
  /// The silence, the lag, the span of the reconnects, or by how much the clock is off (positive
  /// when the venue's clock is behind ours).
  public var age: Duration
  /// The silence or lag that is too much.
  public var limit: Duration
  /// How many streams it concerns, or how many reconnects there were.
  public var count: Int
  /// Firing when it went wrong, resolved when it is right again.
  public var phase: Phase

  /// Makes a finding.
  public init(
    venue: String,
    kind: Kind,
    age: Duration,
    limit: Duration,
    count: Int,
    phase: Phase
  ) {
    self.venue = venue
    self.kind = kind
    self.age = age
    self.limit = limit
    self.count = count
    self.phase = phase
  }

  /// The venue and what it is about: a lag does not resolve a lost link.
  public var key: Key { Key(venue: venue, about: about) }

  private var about: String {
    switch kind {
    case .lost, .mute: "link"
    case .reconnecting: "reconnects"
    case .late: "lag"
    case .clock: "clock"
    }
  }
}

extension LinkFinding {
  /// The same as an alert: `link.lost` and the like, about the venue. An error; a warning when the
  /// data still comes.
  public var alert: Alert {
    Alert(
      kind == .mute ? "link.lost" : "link.\(kind.rawValue)",
      status.severity,
      subject: venue,
      message: "\(venue): \(reason).",
      value: age.inSeconds,
      phase: phase,
      labels: ["venue": venue, "kind": kind.rawValue]
    )
  }

  /// How the venue is while it fires.
  var status: HealthStatus { kind == .reconnecting || kind == .clock ? .degraded : .unhealthy }

  /// The component: `BINANCE link`.
  var component: String { "\(venue) \(about)" }

  var reason: String { phase == .firing ? firing : resolved }

  private var firing: String {
    switch kind {
    case .lost: "link lost, nothing from \(streams) for \(age.words)"
    case .mute: "connected but mute, heartbeats and no data from \(streams) for \(age.words)"
    case .reconnecting: "\(count) reconnects within \(age.words)"
    case .late: "everything from it is late, now by \(age.words) (limit \(limit.words))"
    case .clock: "its time went off by \(age.words) in one step: a wrong clock, or old data again"
    }
  }

  private var resolved: String {
    switch kind {
    case .lost, .mute: "it sends again after \(age.words)"
    case .reconnecting: "no reconnect for \(limit.words)"
    case .late: "its data is on time again"
    case .clock: "its time agrees with ours again"
    }
  }

  private var streams: String { count == 1 ? "its stream" : "all \(count) streams" }
}
