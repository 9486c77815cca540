extension KeyTableStorage {
  @inlinable
  @inline(__always)
  var mask: Int { (1 &<< Int(bits)) &- 1 }

  @inlinable
  @inline(__always)
  func home(_ hash: UInt32) -> Int { Int(hash &>> (32 &- bits)) }

  /// What the index holds for a slot: its number plus one; above it in three bits how far it is from
  /// its home, 7 for farther; above them the low bits of the hash, which do not say where its home
  /// is. So another key's place is passed over, and moved, without a look at its cell, which is mostly
  /// far away.
  @inlinable
  @inline(__always)
  func entry(_ slot: Int, _ hash: UInt32, at place: Int) -> UInt32 {
    let distance = UInt32(truncatingIfNeeded: Swift.min((place &- home(hash)) & mask, 7))
    return hash &<< (bits &+ 3) | distance &<< bits | UInt32(truncatingIfNeeded: slot &+ 1)
  }

  /// How far the entry of a place is from its home.
  @inlinable
  @inline(__always)
  func distance(of place: Int) -> Int {
    let distance = Int(index[place] &>> bits & 7)
    if _fastPath(distance < 7) { return distance }
    return (place &- home(headerPointer(slot(of: index[place])).pointee.hash)) & mask
  }

  /// The slot of an entry that is not zero.
  @inlinable
  @inline(__always)
  func slot(of entry: UInt32) -> Int { (Int(entry) & mask) &- 1 }

  /// Whether an entry has the part of the hash that it holds.
  @inlinable
  @inline(__always)
  func resembles(_ entry: UInt32, _ hash: UInt32) -> Bool {
    (entry ^ hash &<< (bits &+ 3)) &>> (bits &+ 3) == 0
  }

  /// The slot of a key, or nil. Ends at the first empty place; at least half of them are empty.
  @inlinable
  @inline(__always)
  func find(_ key: Key, _ hash: UInt32) -> Int? {
    var place = home(hash)
    while true {
      let entry = index[place]
      if entry == 0 { return nil }
      if resembles(entry, hash) {
        let slot = slot(of: entry)
        if holds(slot, key, hash) { return slot }
      }
      place = (place &+ 1) & mask
    }
  }

  @inlinable
  @inline(__always)
  func holds(_ slot: Int, _ key: Key, _ hash: UInt32) -> Bool {
    (isPlainInteger(Key.self) || headerPointer(slot).pointee.hash == hash)
      && keyPointer(slot).pointee == key
  }

  /// Takes a slot for a key that has none.
  @inlinable
  @inline(__always)
  func insert(_ key: Key, _ hash: UInt32, _ state: State) -> Int {
    let slot = takeSlot()
    let cell = cells + slot * Self.stride
    let header = KeyTableHeader(hash: hash, link: KeyTableHeader.occupied)
    cell.initializeMemory(as: KeyTableHeader.self, to: header)
    (cell + Self.keyOffset).initializeMemory(as: Key.self, to: key)
    (cell + Self.stateOffset).initializeMemory(as: State.self, to: state)
    enter(slot, hash)
    count += 1
    return slot
  }

  @inlinable
  @inline(__always)
  func takeSlot() -> Int {
    if free >= 0 {
      let slot = Int(free)
      free = headerPointer(slot).pointee.link
      return slot
    }
    if used == 1 << Int(bits - 1) { grow(to: bits + 1) }
    used += 1
    return used - 1
  }

  /// Writes a slot at the first empty place from its home on.
  @inlinable
  @inline(__always)
  func enter(_ slot: Int, _ hash: UInt32) {
    var place = home(hash)
    while index[place] != 0 { place = (place &+ 1) & mask }
    index[place] = entry(slot, hash, at: place)
  }

  /// Frees a slot. The table is whole again before the key and the state can run a `deinit`.
  @inlinable
  @inline(__always)
  func remove(_ slot: Int) -> State {
    close(placeOf(slot))
    let key = keyPointer(slot).move()
    let state = statePointer(slot).move()
    headerPointer(slot).pointee.link = free
    free = Int32(truncatingIfNeeded: slot)
    count -= 1
    return withExtendedLifetime(key) { state }
  }

  @inlinable
  @inline(__always)
  func placeOf(_ slot: Int) -> Int {
    var place = home(headerPointer(slot).pointee.hash)
    while self.slot(of: index[place]) != slot { place = (place &+ 1) & mask }
    return place
  }

  /// Empties a place and moves back those behind it that it had pushed away from their homes.
  @inlinable
  @inline(__always)
  func close(_ place: Int) {
    var hole = place
    var next = (place &+ 1) & mask
    while index[next] != 0 {
      let (distance, gap) = (self.distance(of: next), (next &- hole) & mask)
      if distance >= gap {
        let rest = UInt32(truncatingIfNeeded: Swift.min(distance &- gap, 7))
        index[hole] = index[next] & ~(7 &<< bits) | rest &<< bits
        hole = next
      }
      next = (next &+ 1) & mask
    }
    index[hole] = 0
  }

  /// Moves everything into memory of 2^bits places. Slot numbers stay.
  @inlinable
  func grow(to bits: UInt32) {
    precondition(bits < 29, "a KeyTable holds at most 2^27 keys")
    let target = Self.allocateCells(1 << Int(bits - 1))
    for slot in 0..<used { moveCell(slot, to: target + slot * Self.stride) }
    cells.deallocate()
    cells = target
    index.deallocate()
    self.bits = bits
    index = .allocate(capacity: 1 << Int(bits))
    index.initialize(repeating: 0, count: 1 << Int(bits))
    for slot in 0..<used where isOccupied(slot) { enter(slot, headerPointer(slot).pointee.hash) }
  }

  @inlinable
  func moveCell(_ slot: Int, to cell: UnsafeMutableRawPointer) {
    cell.initializeMemory(as: KeyTableHeader.self, to: headerPointer(slot).pointee)
    guard isOccupied(slot) else { return }
    (cell + Self.keyOffset)
      .moveInitializeMemory(as: Key.self, from: keyPointer(slot), count: 1)
    (cell + Self.stateOffset)
      .moveInitializeMemory(as: State.self, from: statePointer(slot), count: 1)
  }

  /// A storage of its own with the same keys in the same slots.
  @inlinable
  func copy() -> KeyTableStorage {
    let other = KeyTableStorage(bits: bits)
    other.index.update(from: index, count: 1 << Int(bits))
    for slot in 0..<used {
      let cell = other.cells + slot * Self.stride
      cell.initializeMemory(as: KeyTableHeader.self, to: headerPointer(slot).pointee)
      guard isOccupied(slot) else { continue }
      (cell + Self.keyOffset).initializeMemory(as: Key.self, to: keyPointer(slot).pointee)
      (cell + Self.stateOffset).initializeMemory(as: State.self, to: statePointer(slot).pointee)
    }
    other.used = used
    other.free = free
    other.count = count
    return other
  }
}
