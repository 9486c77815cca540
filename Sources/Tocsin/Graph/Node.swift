/// The counters of one step of a graph.
///
/// Conservation: `received + made == passed + held + dropped`, at every moment between turns. The
/// counters are plain fields of the lane; read them on the lane, or through
/// ``RunningGraph/snapshot()``.
public final class Node {
  /// What the step is: `debounce`, `merge`, `inlet`.
  public let kind: String
  /// Its id, unique in its graph.
  public internal(set) var id: String
  @exclusivity(unchecked) @usableFromInline var receivedCount = 0
  @exclusivity(unchecked) @usableFromInline var passedCount = 0
  @exclusivity(unchecked) @usableFromInline var madeCount = 0
  /// The reason of the last drop, and how many in a row had it: most steps drop for one reason.
  @exclusivity(unchecked) @usableFromInline var lastReason = Reason.filtered
  @exclusivity(unchecked) @usableFromInline var lastReasonCount = 0
  @exclusivity(unchecked) private var drops: [Int] = []
  /// Apart from ``waits``, because a value in an optional would be counted at each record.
  @exclusivity(unchecked) private var waited = LatencyHistogram()
  /// Values that came to a join in event time with an earlier instant than the one before them, and
  /// were taken at that one.
  public internal(set) var lateCount = 0
  /// The last thing that went wrong here, in words: that a route had to forget who was told.
  public internal(set) var lastError: String?
  /// The step's number in its graph's trail.
  @usableFromInline var index: UInt32 = 0

  /// Makes the counters of a step outside a graph.
  public init(_ kind: String) {
    self.kind = kind
    id = kind
  }

  /// How long values waited here before they went on; nil before the first.
  public var waits: LatencyHistogram? {
    waited.count == 0 && waited.negativeCount == 0 ? nil : waited
  }
  /// Values that came in.
  public var received: Int { receivedCount }
  /// Values that went out.
  public var passed: Int { passedCount }
  /// Values that the step made itself: a window's summary, an absence.
  public var made: Int { madeCount }
  /// Values that went no further.
  public var dropped: Int { drops.reduce(lastReasonCount, +) }
  /// Values that wait inside.
  public var held: Int { receivedCount + madeCount - passedCount - dropped }

  /// Why values went no further, and how many.
  public var dropsByReason: [Reason: Int] {
    var counts: [Reason: Int] = [:]
    for (reason, count) in zip(Reason.allCases, drops) where count > 0 { counts[reason] = count }
    if lastReasonCount > 0 { counts[lastReason, default: 0] += lastReasonCount }
    return counts
  }

  @inlinable
  @inline(__always)
  func drop(_ reason: Reason) {
    if _slowPath(reason != lastReason) { turn(to: reason) }
    lastReasonCount &+= 1
  }

  @usableFromInline
  func drop(_ reason: Reason, _ count: Int) {
    guard count > 0 else { return }
    if reason != lastReason { turn(to: reason) }
    lastReasonCount &+= count
  }

  /// Counts values that went on, but not to everybody: for the others a copy was made and dropped.
  func dropCopies(_ count: Int) {
    madeCount += count
    drop(.noDemand, count)
  }

  @usableFromInline
  @inline(never)
  func turn(to reason: Reason) {
    if drops.isEmpty { drops = Array(repeating: 0, count: Reason.count) }
    drops[lastReason.index] &+= lastReasonCount
    lastReasonCount = 0
    lastReason = reason
  }

  /// Notes how long a value waited, in nanoseconds.
  @usableFromInline
  func waited(_ nanoseconds: Int64) {
    waited.record(nanoseconds: nanoseconds)
  }
}
