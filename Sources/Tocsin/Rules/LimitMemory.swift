/// What a rule that limits remembers of the values it let pass and of those it keeps back.
///
/// A limit (``ThrottleRule``, ``RateLimitRule``, ``SampleRule``, ``SampleByCountRule``) decides when
/// something may pass; its memory decides what may not be limited, what waits, and what comes out
/// when there is room: ``StreamMemory`` for one stream, ``EpisodesMemory`` for episodes of many keys
/// under one limit.
public protocol LimitMemory<Value> {
  associatedtype Value
  /// Whether a value is under the limit at all.
  func claim(of input: Value) -> LimitClaim
  /// Whether nobody was told of a value's episode yet, or of one so severe. False of plain values.
  func isNews(_ input: Value) -> Bool
  /// Takes note of a value that passes within the limit or in spite of it.
  mutating func pass(_ input: Value, _ reason: Reason) -> Verdict<Value>
  /// Ends an episode: passes its closing value when the episode was announced.
  mutating func close(_ input: Value) -> Verdict<Value>
  /// Takes a value for which there was no room.
  mutating func keepBack(_ input: Value, _ reason: Reason) -> Verdict<Value>
  /// Whether something is to pass as soon as there is room.
  var isWaiting: Bool { get }
  /// Takes what is to pass next.
  mutating func release(at instant: Instant, _ reason: Reason) -> Due<Value>?
  /// Whether nothing is owed to anybody.
  var canBeForgotten: Bool { get }
  /// How many inputs wait inside.
  var heldCount: Int { get }
  /// Whether it remembers so much that it prepares for inputs.
  var prepares: Bool { get }
  /// Brings near what a value will need that is expected soon; see ``Rule/prepare(for:_:)``.
  mutating func prepare(for input: Value, _ lead: Lead)
}

extension LimitMemory {
  /// False: it has nothing to prepare.
  @inlinable public var prepares: Bool { false }
  /// Does nothing.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Value, _ lead: Lead) {}
}

/// Whether a value is under a limit.
@frozen
public enum LimitClaim: Hashable, Sendable {
  /// It passes when there is room.
  case limited
  /// It passes also when there is none: a critical alert.
  case urgent
  /// It ends an episode, and is owed to whoever heard of it.
  case closing
}

/// What a limit does with values for which there is no room.
@frozen
@usableFromInline
internal enum KeepBack: UInt8, Codable, Hashable, Sendable {
  /// They are dropped.
  case none
  /// The newest waits.
  case newest
  /// They wait in the order in which they came.
  case queue
}
