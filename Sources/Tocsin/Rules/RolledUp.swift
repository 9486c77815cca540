/// One message that stands for one value or many: what ``Rollup`` gives.
@frozen
public struct RolledUp<Value> {
  @frozen
  @usableFromInline
  internal enum Content {
    /// A value that was given at once.
    case one(Value, Severity?, at: Instant)
    case many(RolledUpSummary<Value>)
  }

  @usableFromInline internal let content: Content

  @inlinable
  @inline(__always)
  internal init(_ content: Content) { self.content = content }

  /// Makes a message that stands for one value.
  @inlinable
  public init(_ value: Value, _ worst: Severity? = nil, at instant: Instant) {
    content = .one(value, worst, at: instant)
  }

  /// The first value it stands for.
  @inlinable public var first: Value {
    switch content {
    case .one(let value, _, _): value
    case .many(let summary): summary.facts.first
    }
  }

  /// The last value it stands for; the same as the first when it is only one. The sample ends with
  /// it as long as it has room for all.
  @inlinable public var last: Value {
    switch content {
    case .one(let value, _, _): value
    case .many(let summary): summary.facts.last
    }
  }

  /// The worst severity among them; nil when they have none.
  @inlinable public var worst: Severity? {
    switch content {
    case .one(_, let worst, _): worst
    case .many(let summary): summary.facts.worst
    }
  }

  /// How many values it stands for.
  @inlinable public var count: Int {
    switch content {
    case .one: 1
    case .many(let summary): summary.facts.count
    }
  }

  /// When the first came.
  @inlinable public var start: Instant {
    switch content {
    case .one(_, _, let instant): instant
    case .many(let summary): summary.facts.start
    }
  }

  /// When it was given.
  @inlinable public var end: Instant {
    switch content {
    case .one(_, _, let instant): instant
    case .many(let summary): summary.end
    }
  }

  /// The first values and, beyond the bound of the sample, every value that closes an episode, in
  /// the order in which they came. O(sample).
  @inlinable public var sample: [Value] {
    switch content {
    case .one(let value, _, _): [value]
    case .many(let summary): summary.sample
    }
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
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<RolledUp<Value.Plain>> {
    let stamp = last.unpacked(orStampedAs: fallback).stamp
    let plain = content.map { $0.unpacked(orStampedAs: fallback).value }
    return Envelope(RolledUp<Value.Plain>(plain), stamp)
  }
}

extension RolledUp.Content {
  /// The same of other values.
  @inlinable
  internal func map<Other>(_ change: (Value) -> Other) -> RolledUp<Other>.Content {
    switch self {
    case .one(let value, let worst, let instant): .one(change(value), worst, at: instant)
    case .many(let summary): .many(summary.map(change))
    }
  }
}

extension RolledUp: Sendable where Value: Sendable {}
extension RolledUp: Equatable where Value: Equatable {}
extension RolledUp: Hashable where Value: Hashable {}
extension RolledUp: Encodable where Value: Encodable {}
extension RolledUp: Decodable where Value: Decodable {}
extension RolledUp.Content: Sendable where Value: Sendable {}
extension RolledUp.Content: Equatable where Value: Equatable {}
extension RolledUp.Content: Hashable where Value: Hashable {}
extension RolledUp.Content: Encodable where Value: Encodable {}
extension RolledUp.Content: Decodable where Value: Decodable {}
