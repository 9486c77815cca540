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

  internal init(_ count: Int, per window: Int64, sample: Int) {
    self.count = Int32(clamping: max(1, count))
    self.window = max(0, window)
    sampleLimit = Int32(clamping: max(1, sample))
  }

  /// A summary with these values in its sample between the first and the last one.
  @inlinable
  @inline(__always)
  internal func summary(
    of facts: RolledUpFacts<Value>,
    until end: Instant,
    _ few: FewValues<Value>,
    _ fewCount: Int,
    _ list: [Value]
  ) -> RolledUpSummary<Value> {
    let isMine = !isSpareTaken.exchange(true, ordering: .acquiring)
    let summary: RolledUpSummary<Value>
    if isMine, isKnownUniquelyReferenced(&spare), let spare {
      summary = spare
      (summary.facts, summary.end) = (facts, end)
    } else {
      summary = RolledUpSummary(facts, until: end)
      if isMine { spare = summary }
    }
    // Before it is put back: whoever finds it next finds it whole.
    summary.keep(few, fewCount, list)
    if isMine { isSpareTaken.store(false, ordering: .releasing) }
    return summary
  }
}
