public import Synchronization

/// Whether a mailbox holds something, readable without its lock.
@usableFromInline
final class Crossing: Sendable {
  @usableFromInline let flag = Atomic<Bool>(false)

  @inlinable init() {}

  @inlinable
  @inline(__always)
  var isEmpty: Bool {
    get { !flag.load(ordering: .acquiring) }
    set { flag.store(!newValue, ordering: .releasing) }
  }
}
