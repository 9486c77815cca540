/// What a message that stands for many values knows of them: apart from it, so that a message is
/// small, whether it stands for one value or for a thousand.
///
/// It is changed only as long as nobody else has it.
@usableFromInline
internal final class RolledUpSummary<Value> {
  @exclusivity(unchecked) @usableFromInline internal var facts: RolledUpFacts<Value>
  @exclusivity(unchecked) @usableFromInline internal var end: Instant
  /// The values of the sample between the first and the last one.
  @exclusivity(unchecked) @usableFromInline internal var between: [Value] = []

  /// How many values may have been in a sample whose memory is used again.
  @usableFromInline internal static var longest: Int { 64 }

  @inlinable
  internal init(_ facts: RolledUpFacts<Value>, until end: Instant) {
    self.facts = facts
    self.end = end
  }

  /// Gives it the values of the sample: the first few, and those of a list.
  @inlinable
  @inline(__always)
  internal func keep(_ few: FewValues<Value>, _ fewCount: Int, _ list: [Value]) {
    if !between.isEmpty { between.removeAll(keepingCapacity: between.count <= Self.longest) }
    if fewCount > 0 { few.append(fewCount, to: &between) }
    if !list.isEmpty { between.append(contentsOf: list) }
  }

  @inlinable internal var sample: [Value] {
    [facts.first] + between + (facts.isLastKept ? [facts.last] : [])
  }

  /// The same of other values.
  @inlinable
  internal func map<Other>(_ change: (Value) -> Other) -> RolledUpSummary<Other> {
    let other = RolledUpSummary<Other>(facts.map(change), until: end)
    other.between = between.map(change)
    return other
  }
}

// Unchecked because its fields change, but only while nobody else has it.
extension RolledUpSummary: @unchecked Sendable where Value: Sendable {}

extension RolledUpSummary: Equatable where Value: Equatable {
  @usableFromInline
  internal static func == (left: RolledUpSummary, right: RolledUpSummary) -> Bool {
    left.facts == right.facts && left.end == right.end && left.between == right.between
  }
}

extension RolledUpSummary: Hashable where Value: Hashable {
  @usableFromInline
  internal func hash(into hasher: inout Hasher) {
    hasher.combine(facts)
    hasher.combine(end)
    hasher.combine(between)
  }
}

extension RolledUpSummary: Encodable where Value: Encodable {}
extension RolledUpSummary: Decodable where Value: Decodable {}
