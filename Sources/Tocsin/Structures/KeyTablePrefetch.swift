public import CTocsin

// What is looked up soon is brought near, so that many keys wait for memory together and not one
// after the other. With more keys than a cache holds that is most of what a look-up costs.
extension KeyTableStorage {
  /// Whether the states take more memory than a processor keeps near while it does other things too:
  /// half of a second cache of a megabyte.
  @inlinable
  @inline(__always)
  var isFar: Bool { used &* Self.stride > 1 << 19 }
}

extension KeyTable {
  /// Brings the state of a key near that is looked up soon: what a rule of its own does in
  /// ``Rule/prepare(for:_:)``. Changes nothing.
  ///
  /// - Parameters:
  ///   - key: A key that the table may have or not.
  ///   - lead: Far: only the place in the index, and only of an integer, which is hashed quickly.
  /// - Returns: When near, the slot that the key most probably has, if it is in the table. Nil from
  ///   a table so small that a processor has it at hand anyway.
  @inlinable
  @inline(__always)
  @discardableResult
  public func prepare(for key: Key, _ lead: Lead) -> Int? {
    guard storage.isFar else { return nil }
    if lead == .near { return prefetchState(of: key) }
    if isPlainInteger(Key.self) { prefetchPlace(of: key) }
    return nil
  }

  /// Brings the part of the index near in which a key is looked for.
  @inlinable
  @inline(__always)
  func prefetchPlace(of key: Key) {
    tocsin_prefetch(storage.index + storage.home(fastHash(key)))
  }

  /// Brings the state of a key near, if the table has the key. Reads the index but no state.
  @inlinable
  @inline(__always)
  func prefetchState(of key: Key) -> Int? {
    let hash = fastHash(key)
    var place = storage.home(hash)
    while true {
      let entry = storage.index[place]
      if entry == 0 { return nil }
      if storage.resembles(entry, hash) {
        let slot = storage.slot(of: entry)
        prefetch(slot)
        return slot
      }
      place = (place &+ 1) & storage.mask
    }
  }

  /// Brings the state of a slot near. Any number will do.
  @inlinable
  @inline(__always)
  func prefetch(_ slot: Int) {
    let cell = storage.cells + slot &* KeyTableStorage<Key, State>.stride
    var line = 0
    while line < Swift.min(KeyTableStorage<Key, State>.stride, 256) {
      tocsin_prefetch(cell + line)
      line &+= 64
    }
  }
}
