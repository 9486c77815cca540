/// One message that stands for one value or many: what ``Rollup`` gives.
// The two small fields lie behind the last value, where most values leave room: a message of small
// values is then copied without a call.
@frozen
public struct RolledUp<Value> {
  /// The first value it stands for.
  public var first: Value
  /// The last value it stands for; the same as the first when it is only one. The sample ends with
  /// it as long as it has room for all.
  public var last: Value
  /// The worst severity among them; nil when they have none.
  public var worst: Severity?
  /// Whether the last value, when it is not the first, is in the sample: then it is not in `rest`. So
  /// a message that stands for two needs no list.
  @usableFromInline internal var isLastKept = false
  /// How many values it stands for.
  public var count = 1
  /// When the first came.
  public var start: Instant
  /// When it was given.
  public var end: Instant
  /// The values between the first and the last that fit into the sample.
  @usableFromInline internal var rest: [Value] = []

  /// Makes a message that stands for one value.
  @inlinable
  public init(_ value: Value, _ worst: Severity? = nil, at instant: Instant) {
    (first, last) = (value, value)
    self.worst = worst
    (start, end) = (instant, instant)
  }

  /// The first values and, beyond the bound of the sample, every value that closes an episode, in
  /// the order in which they came.
  @inlinable public var sample: [Value] {
    isLastKept ? [first] + rest + [last] : [first] + rest
  }

  /// Whether it stands for more than one value.
  @inlinable public var isSummary: Bool { count > 1 }
}

extension RolledUp: KeyedEvent where Value: KeyedEvent {
  /// The key of the first value.
  @inlinable public var key: Value.Key { first.key }
}

extension RolledUp: Phased where Value: Phased {
  /// The phase of the last value.
  @inlinable public var phase: Phase { last.phase }
}

extension RolledUp: Carrier where Value: Carrier {
  /// The message in an envelope, with the stamp of its last value.
  @inlinable
  public func unpacked(orStampedAs fallback: Stamp) -> Envelope<RolledUp<Value.Plain>> {
    let newest = last.unpacked(orStampedAs: fallback)
    var plain = RolledUp<Value.Plain>(
      first.unpacked(orStampedAs: fallback).value,
      worst,
      at: start
    )
    plain.last = newest.value
    (plain.count, plain.end, plain.isLastKept) = (count, end, isLastKept)
    if !rest.isEmpty { plain.rest = rest.map { $0.unpacked(orStampedAs: fallback).value } }
    return Envelope(plain, newest.stamp)
  }
}

extension RolledUp: Sendable where Value: Sendable {}
extension RolledUp: Equatable where Value: Equatable {}
extension RolledUp: Hashable where Value: Hashable {}
extension RolledUp: Encodable where Value: Encodable {}
extension RolledUp: Decodable where Value: Decodable {}
