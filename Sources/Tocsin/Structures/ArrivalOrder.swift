/// Slots in the order in which they were last touched: a ``DeadlineQueue`` of numbers that count up.
///
/// A touch changes nothing of other slots, whose states may be far away in memory. Every operation is
/// O(1) on average.
@frozen
@usableFromInline
internal struct ArrivalOrder: Sendable {
  @usableFromInline internal var queue = DeadlineQueue()
  /// How often something was touched: the next one's place in the order.
  @usableFromInline internal var touches: Int64 = 0
  /// The slot that was touched last; -1 when it is not known.
  @usableFromInline internal var newest = -1

  @inlinable
  internal init() {}

  /// The slot that was touched longest ago.
  @inlinable
  @inline(__always)
  internal var oldest: Int? { queue.id(ahead: 0) }

  /// The slot that was touched next after this one.
  @inlinable
  internal func slot(after slot: Int) -> Int? { queue.id(after: slot) }

  /// All slots, the oldest first.
  internal var slots: [Int] {
    var (list, next): ([Int], Int?) = ([], oldest)
    while let slot = next {
      list.append(slot)
      next = self.slot(after: slot)
    }
    return list
  }

  /// Brings the place of a slot near. Any number will do.
  @inlinable
  @inline(__always)
  internal func prefetch(_ slot: Int) { queue.prefetch(slot) }

  /// Makes a slot the newest.
  @inlinable
  @inline(__always)
  internal mutating func touch(_ slot: Int) {
    if slot == newest { return }
    newest = slot
    touches &+= 1
    queue.arm(slot, at: Instant(nanoseconds: touches))
  }

  /// Takes a slot out, if it is inside, until it is touched again.
  @inlinable
  @inline(__always)
  internal mutating func remove(_ slot: Int) {
    if slot == newest { newest = -1 }
    queue.cancel(slot)
  }
}
