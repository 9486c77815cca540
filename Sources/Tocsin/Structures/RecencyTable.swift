/// A table whose keys stand in the order in which they were last touched.
///
/// A ``KeyTable``, and an ``ArrivalOrder`` of its slots: what is touched longest ago comes first. So a
/// touch changes nothing of other keys, whose states may be far away in memory, and slots stay. Insertion,
/// look-up, touch and removal are O(1) on average. Written out, it is a list of keys and states, the
/// oldest first; slots may differ afterwards, the order does not.
@frozen
@usableFromInline
internal struct RecencyTable<Key: Hashable, State> {
  @usableFromInline internal var table = KeyTable<Key, State>()
  @usableFromInline internal var order = ArrivalOrder()

  @inlinable
  internal init() {}

  @inlinable internal var count: Int { table.count }

  /// The slot of the key that was touched longest ago.
  @inlinable
  @inline(__always)
  internal var oldest: Int? { order.oldest }

  /// The slot that was touched next after this one.
  @inlinable
  internal func slot(after slot: Int) -> Int? { order.slot(after: slot) }

  @inlinable
  @inline(__always)
  internal func slot(of key: Key) -> Int? { table.slot(of: key) }

  @inlinable
  @inline(__always)
  internal subscript(slot: Int) -> State {
    _read { yield table[slot] }
    _modify { yield &table[slot] }
  }

  /// Brings the state of a key near, and its place in the order.
  @inlinable
  @inline(__always)
  internal func prepare(for key: Key, _ lead: Lead) {
    if let slot = table.prepare(for: key, lead) { order.prefetch(slot) }
  }

  /// Adds a key, which must not be in the table, as the newest.
  @inlinable
  @inline(__always)
  @discardableResult
  internal mutating func append(_ key: Key, _ state: State) -> Int {
    let slot = table.insertNew(key, state)
    touch(slot)
    return slot
  }

  /// Makes a slot the newest.
  @inlinable
  @inline(__always)
  internal mutating func touch(_ slot: Int) { order.touch(slot) }

  /// Takes a slot out of the order, until it is touched again. It is not written out meanwhile.
  @inlinable
  @inline(__always)
  internal mutating func rest(_ slot: Int) { order.remove(slot) }

  @inlinable
  @discardableResult
  internal mutating func remove(_ slot: Int) -> State {
    order.remove(slot)
    return table.remove(slot)
  }
}

extension RecencyTable: Sendable where Key: Sendable, State: Sendable {}
