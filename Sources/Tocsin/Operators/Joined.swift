/// What a keyed join gives: two values of one key, or one that found no partner in time.
@frozen
public enum Joined<First, Second> {
  /// A value of each stream, of one key.
  case both(First, Second)
  /// A value of the first stream without a partner.
  case first(First)
  /// A value of the second stream without a partner.
  case second(Second)

  /// Both values, when there are two.
  @inlinable public var pair: Pair<First, Second>? {
    if case .both(let first, let second) = self { Pair(first, second) } else { nil }
  }
}

extension Joined: KeyedEvent
where First: KeyedEvent, Second: KeyedEvent, First.Key == Second.Key {
  /// The key of the values.
  @inlinable public var key: First.Key {
    switch self {
    case .both(let first, _), .first(let first): first.key
    case .second(let second): second.key
    }
  }
}

extension Joined: Sendable where First: Sendable, Second: Sendable {}
extension Joined: Equatable where First: Equatable, Second: Equatable {}
extension Joined: Hashable where First: Hashable, Second: Hashable {}
extension Joined: Encodable where First: Encodable, Second: Encodable {}
extension Joined: Decodable where First: Decodable, Second: Decodable {}

/// Which values without a partner a keyed join gives.
public enum JoinKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// None: pairs only.
  case inner
  /// Those of the first stream.
  case left
  /// Those of the second stream.
  case right
  /// Those of both.
  case outer

  /// Whether values of the first stream without a partner come out.
  @inlinable var givesFirst: Bool { self == .left || self == .outer }
  /// Whether values of the second stream without a partner come out.
  @inlinable var givesSecond: Bool { self == .right || self == .outer }
}

/// How long and how many values wait in a keyed join.
@usableFromInline
struct JoinBound {
  /// In nanoseconds.
  @usableFromInline let within: Int64
  @usableFromInline let perKey: Int
  @usableFromInline let total: Int

  @usableFromInline
  init(within: Duration, perKey: Int, total: Int) {
    precondition(perKey > 0, "the limit of Join for a key has to be at least one value")
    precondition(total > 0, "the limit of Join has to be at least one value")
    self.within = within.ruleNanoseconds
    self.perKey = perKey
    self.total = total
  }

  /// Until when a value that comes now waits.
  @usableFromInline
  func deadline(after now: Int64) -> Int64 { now.addingSaturating(within) }
}

/// A value of either stream of a keyed join, with its stamp.
@frozen
@usableFromInline
enum JoinArrival<First, Second> {
  case first(Envelope<First>)
  case second(Envelope<Second>)

  @inlinable var isFirst: Bool { if case .first = self { true } else { false } }

  @inlinable var stamp: Stamp {
    switch self {
    case .first(let envelope): envelope.stamp
    case .second(let envelope): envelope.stamp
    }
  }

  /// The value as it comes out alone.
  @inlinable var alone: Joined<First, Second> {
    switch self {
    case .first(let envelope): .first(envelope.value)
    case .second(let envelope): .second(envelope.value)
    }
  }

  @inlinable var isCritical: Bool {
    switch self {
    case .first(let envelope): (envelope.value as? any Alerting)?.severity == .critical
    case .second(let envelope): (envelope.value as? any Alerting)?.severity == .critical
    }
  }
}
