/// A table whose keys stand in the order in which they were last touched.
///
/// A ``KeyTable`` whose states are linked, so that the key that was touched longest ago is found in
/// O(1) and slots stay. Insertion, look-up, touch and removal are O(1) on average. Written out, it
/// is a list of keys and states, the oldest first; slots may differ afterwards, the order does not.
@frozen
@usableFromInline
internal struct RecencyTable<Key: Hashable, State> {
  @frozen
  @usableFromInline
  internal struct Link {
    @usableFromInline internal var state: State
    @usableFromInline internal var older: Int
    @usableFromInline internal var newer = RecencyTable.none

    @inlinable
    internal init(_ state: State, behind older: Int) {
      self.state = state
      self.older = older
    }
  }

  /// Stands for no slot.
  @inlinable internal static var none: Int { -1 }

  @usableFromInline internal var links = KeyTable<Key, Link>()
  @usableFromInline internal var head = RecencyTable.none
  @usableFromInline internal var tail = RecencyTable.none

  @inlinable
  internal init() {}

  @inlinable internal var count: Int { links.count }

  /// The slot of the key that was touched longest ago.
  @inlinable
  @inline(__always)
  internal var oldest: Int? { head == Self.none ? nil : head }

  /// The slot that was touched next after this one.
  @inlinable
  internal func slot(after slot: Int) -> Int? {
    let newer = links[slot].newer
    return newer == Self.none ? nil : newer
  }

  @inlinable
  @inline(__always)
  internal func slot(of key: Key) -> Int? { links.slot(of: key) }

  @inlinable
  @inline(__always)
  internal subscript(slot: Int) -> State {
    _read { yield links[slot].state }
    _modify { yield &links[slot].state }
  }

  /// Adds a key, which must not be in the table, as the newest.
  @inlinable
  @inline(__always)
  @discardableResult
  internal mutating func append(_ key: Key, _ state: State) -> Int {
    let slot = links.insertNew(key, Link(state, behind: tail))
    putLast(slot)
    return slot
  }

  /// Makes a slot the newest.
  @inlinable
  internal mutating func touch(_ slot: Int) {
    guard slot != tail else { return }
    unlink(slot)
    links[slot].older = tail
    links[slot].newer = Self.none
    putLast(slot)
  }

  @inlinable
  @discardableResult
  internal mutating func remove(_ slot: Int) -> State {
    unlink(slot)
    return links.remove(slot).state
  }

  @inlinable
  internal mutating func putLast(_ slot: Int) {
    if tail == Self.none { head = slot } else { links[tail].newer = slot }
    tail = slot
  }

  @inlinable
  internal mutating func unlink(_ slot: Int) {
    let (older, newer) = (links[slot].older, links[slot].newer)
    if older == Self.none { head = newer } else { links[older].newer = newer }
    if newer == Self.none { tail = older } else { links[newer].older = older }
  }
}

extension RecencyTable: Sendable where Key: Sendable, State: Sendable {}
extension RecencyTable.Link: Sendable where Key: Sendable, State: Sendable {}
