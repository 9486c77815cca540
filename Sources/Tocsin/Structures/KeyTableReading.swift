extension KeyTable {
  /// The state of a key; nil when the table does not have it.
  @inlinable
  @inline(__always)
  public func state(of key: Key) -> State? {
    guard let slot = slot(of: key) else { return nil }
    return state(at: slot)
  }

  /// All keys, in slot order.
  @inlinable public var keys: [Key] {
    (0..<slotLimit).compactMap { isOccupied($0) ? key(at: $0) : nil }
  }

  /// A copy of the state of a slot. The subscript's accessor, where it is not inlined, allocates.
  @inlinable
  @inline(__always)
  func state(at slot: Int) -> State {
    check(slot)
    return storage.statePointer(slot).pointee
  }

  /// The first slot from `start` on that has a key, or nil. Walks all keys in slot order:
  ///
  ///     var next = table.firstSlot(from: 0)
  ///     while let slot = next {
  ///       visit(table.key(at: slot), table[slot])
  ///       next = table.firstSlot(from: slot + 1)
  ///     }
  @inlinable
  public func firstSlot(from start: Int) -> Int? {
    (max(0, start)..<max(0, start, slotLimit)).first { storage.isOccupied($0) }
  }

  /// Calls `body` with every slot, key and state, in slot order.
  @inlinable
  public func forEach(_ body: (Int, Key, State) throws -> Void) rethrows {
    for slot in 0..<slotLimit where isOccupied(slot) { try body(slot, key(at: slot), self[slot]) }
  }
}
