public import Synchronization

/// What all copies of a ``Rollup`` share: their settings, and the summary that was given last.
///
/// With many keys the settings are not beside the state of each key then, and the memory of a message
/// is at hand: the next one uses it again if whoever got it has let go of it. Which memory a message
/// has is nothing that anybody can see, so the copies are as independent as if each had its own, also
/// on several threads: who finds it in use makes another.
@usableFromInline
internal final class RollupPlan<Value>: Sendable {
  /// Unchecked: of values that may not go to other threads the rules may not either, nor their copies.
  @usableFromInline
  internal struct Spare: @unchecked Sendable {
    @usableFromInline internal var summary: RolledUpSummary<Value>?

    @inlinable
    internal init() {}
  }

  @usableFromInline internal let window: Int64
  @usableFromInline internal let count: Int32
  @usableFromInline internal let sampleLimit: Int32
  @usableFromInline internal let bearing = Bearing<Value>()
  @usableFromInline internal let spare = Mutex(Spare())
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
    let used = spare.withLockIfAvailable { spare in
      if _fastPath(isKnownUniquelyReferenced(&spare.summary)) {
        spare.summary?.facts = facts
        spare.summary?.end = end
      } else {
        spare.summary = RolledUpSummary(facts, until: end)
      }
      spare.summary?.keep(few, fewCount, list)
      defer { if list.count > Self.longest { spare.summary = nil } }
      return spare
    }
    if let summary = used?.summary { return summary }
    let summary = RolledUpSummary(facts, until: end)
    summary.keep(few, fewCount, list)
    return summary
  }
}
