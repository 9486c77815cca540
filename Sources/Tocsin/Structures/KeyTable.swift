/// A table from keys to states, where every key has a small number that stays: its slot.
///
/// Look a key up once, then use its slot: it stays the key's own until the key is removed, whatever
/// else the table takes in. Slots are given out densely from 0, the one freed last first, so they
/// depend on the order of calls and never on hashes: walks in slot order are the same in every run.
///
/// The table is a value; copies share memory until one of them changes. It hands out slot numbers
/// and never pointers: growth moves the states, so finish a change in place (`table[slot].count +=
/// 1`) before you call code that may add keys, and use the slot again afterwards. Swift's rules of
/// exclusive access refuse a table that is changed while one of its states is, unless they are
/// switched off with `@exclusivity(unchecked)`.
///
/// Lookup, insertion and removal are O(1) on average; growth is O(count), seldom. Memory is never
/// given back before the table goes. Open addressing with linear probing and backward-shift
/// deletion (Knuth, TAOCP vol. 3, section 6.4, Algorithm R).
@frozen
public struct KeyTable<Key: Hashable, State> {
  @usableFromInline var storage: KeyTableStorage<Key, State>

  /// Makes an empty table with room for so many keys before it grows.
  @inlinable
  public init(minimumCapacity: Int = 4) {
    let places = UInt64(max(minimumCapacity, 4) &- 1)
    storage = KeyTableStorage(bits: UInt32(64 - places.leadingZeroBitCount) + 1)
  }

  /// The number of keys.
  @inlinable public var count: Int { storage.count }
  /// True when there is no key.
  @inlinable public var isEmpty: Bool { storage.count == 0 }
  /// All slots are below this number.
  @inlinable public var slotLimit: Int { storage.used }

  /// The slot of a key, or nil when the table does not have it.
  @inlinable
  @inline(__always)
  public func slot(of key: Key) -> Int? { storage.find(key, fastHash(key)) }

  /// The slot of a key, which is given `initial` as its state when it is new. One hash.
  @inlinable
  @inline(__always)
  public mutating func findOrInsert(
    _ key: Key,
    _ initial: @autoclosure () -> State
  ) -> (slot: Int, isNew: Bool) {
    let hash = fastHash(key)
    if let slot = storage.find(key, hash) { return (slot, false) }
    let state = initial()
    makeUnique()
    return (storage.insert(key, hash, state), true)
  }

  /// Gives a key that the table does not have its state. Returns its slot.
  @inlinable
  @inline(__always)
  mutating func insertNew(_ key: Key, _ state: State) -> Int {
    makeUnique()
    return storage.insert(key, fastHash(key), state)
  }

  /// Gives a key a state, in place of the one it has if it has one. Returns its slot.
  @inlinable
  @inline(__always)
  @discardableResult
  public mutating func insert(_ key: Key, _ state: State) -> Int {
    let (slot, isNew) = findOrInsert(key, state)
    if !isNew { self[slot] = state }
    return slot
  }

  /// Forgets the key of a slot and returns its state. Stops the program when the slot is free.
  @inlinable
  @inline(__always)
  @discardableResult
  public mutating func remove(_ slot: Int) -> State {
    check(slot)
    makeUnique()
    return storage.remove(slot)
  }

  /// Forgets all keys and starts to give out slots from 0 again.
  @inlinable
  public mutating func removeAll() { self = KeyTable() }

  /// The state of a slot, changed in place. Stops the program when the slot is free.
  @inlinable
  public subscript(slot: Int) -> State {
    @inline(__always) _read {
      check(slot)
      yield storage.statePointer(slot).pointee
    }
    @inline(__always) _modify {
      check(slot)
      makeUnique()
      yield &storage.statePointer(slot).pointee
    }
  }

  /// The key of a slot. Stops the program when the slot is free.
  @inlinable
  public func key(at slot: Int) -> Key {
    check(slot)
    return storage.keyPointer(slot).pointee
  }

  /// True when a key has this slot.
  @inlinable
  public func isOccupied(_ slot: Int) -> Bool { storage.isOccupied(slot) }

  @inlinable
  @inline(__always)
  func check(_ slot: Int) {
    precondition(storage.isOccupied(slot), "no key has this slot of the KeyTable")
  }

  @inlinable
  @inline(__always)
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }
}

/// Sendable because storage that two copies share is never written: every change first makes sure
/// that the storage is its own.
extension KeyTable: @unchecked Sendable where Key: Sendable, State: Sendable {}
