public import Synchronization

/// What all copies of a ``Rollup`` share: their settings, and the summary that was given last.
///
/// With many keys the settings are not beside the state of each key then, and the memory of a message
/// is at hand: the next one uses it again if whoever got it has let go of it. Which memory a message
/// has is nothing that anybody can see, so the copies are as independent as if each had its own, also
/// on several threads: who finds it in use makes another.
///
/// Unchecked because copies on several threads may find the spare summary: who does not find it taken
/// has it alone until it is put back. Of values that may not go to other threads the rules may not
/// either, nor their copies.
@usableFromInline
internal final class RollupPlan<Value>: @unchecked Sendable {
  @usableFromInline internal let window: Int64
  @usableFromInline internal let count: Int32
  @usableFromInline internal let sampleLimit: Int32
  @usableFromInline internal let bearing = Bearing<Value>()
  @usableFromInline internal let isSpareTaken = Atomic(false)
  @exclusivity(unchecked) @usableFromInline internal var spare: RolledUpSummary<Value>?
  /// How many values a sample may have to be kept.
  @usableFromInline internal static var longest: Int { 64 }

  internal init(_ count: Int, per window: Int64, sample: Int) {
    self.count = Int32(clamping: max(1, count))
    self.window = max(0, window)
    sampleLimit = Int32(clamping: max(1, sample))
  }

  /// A summary with these values in its sample between the first and the last one.
  @inlinable
  @inline(__always)
  internal func summary(
    of facts: GrowingSummary<Value>,
    until end: Instant,
    _ few: FewValues<Value>,
    _ fewCount: Int,
    _ list: [Value]
  ) -> RolledUpSummary<Value> {
    let isFree = !isSpareTaken.exchange(true, ordering: .acquiring)
    guard isFree, isKnownUniquelyReferenced(&spare), let summary = spare else {
      return other(facts, until: end, few, fewCount, list, isFree)
    }
    summary.facts = facts
    summary.end = end
    summary.keep(few, fewCount, list)
    if _slowPath(list.count > Self.longest) { spare = nil }
    isSpareTaken.store(false, ordering: .releasing)
    return summary
  }

  /// Makes a summary, which is the spare one from then on if that is free to be replaced.
  @inlinable
  @inline(never)
  internal func other(
    _ facts: GrowingSummary<Value>,
    until end: Instant,
    _ few: FewValues<Value>,
    _ fewCount: Int,
    _ list: [Value],
    _ isFree: Bool
  ) -> RolledUpSummary<Value> {
    let summary = RolledUpSummary(facts, until: end)
    summary.keep(few, fewCount, list)
    if isFree {
      spare = list.count > Self.longest ? nil : summary
      isSpareTaken.store(false, ordering: .releasing)
    }
    return summary
  }
}
