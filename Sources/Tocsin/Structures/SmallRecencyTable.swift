/// A ``RecencyTable`` whose keys lie in it as long as they are two at most.
///
/// For a rule that is kept for each of many keys and remembers few things of each: these are then at
/// hand with its other fields. A third makes it use a table, until it is empty again. A slot is good
/// until the next change.
@frozen
@usableFromInline
internal struct SmallRecencyTable<Key: Hashable, State> {
  @frozen
  @usableFromInline
  internal struct Entry {
    @usableFromInline internal var key: Key
    @usableFromInline internal var state: State

    @inlinable
    internal init(_ key: Key, _ state: State) {
      self.key = key
      self.state = state
    }
  }

  /// The older one of two: slot 0. There is no newer one without it.
  @usableFromInline internal var older: Entry?
  /// Slot 1.
  @usableFromInline internal var newer: Entry?
  @usableFromInline internal var isLarge = false
  /// The last field: as long as it is not used, nobody looks at its part of the memory.
  @usableFromInline internal var large = RecencyTable<Key, State>()

  @inlinable
  internal init() {}

  @inlinable internal var count: Int {
    isLarge ? large.count : (older == nil ? 0 : newer == nil ? 1 : 2)
  }

  /// The slot of the key that was touched longest ago.
  @inlinable
  @inline(__always)
  internal var oldest: Int? {
    if _slowPath(isLarge) { return large.oldest }
    return older == nil ? nil : 0
  }

  /// The keys and states, the oldest first.
  internal var entries: [(Key, State)] {
    if isLarge { return large.entries }
    return [older, newer].compactMap { entry in entry.map { ($0.key, $0.state) } }
  }

  @inlinable
  @inline(__always)
  internal func slot(of key: Key) -> Int? {
    if _slowPath(isLarge) { return large.slot(of: key) }
    if let older, older.key == key { return 0 }
    if let newer, newer.key == key { return 1 }
    return nil
  }

  @inlinable
  @inline(__always)
  internal func prepare(for key: Key, _ lead: Lead) {
    if isLarge { large.prepare(for: key, lead) }
  }

  /// The state of a slot, which there must be.
  @inlinable
  @inline(__always)
  internal func state(_ slot: Int) -> State {
    if _slowPath(isLarge) { return large.table.state(at: slot) }
    guard let entry = slot == 0 ? older : newer else {
      preconditionFailure("no key has this slot of the SmallRecencyTable")
    }
    return entry.state
  }

  /// Gives the key of a slot a state and makes it the newest.
  @inlinable
  @inline(__always)
  internal mutating func renew(_ slot: Int, _ state: State) {
    if _slowPath(isLarge) {
      large[slot] = state
      return large.touch(slot)
    }
    if slot == 0 && newer != nil { swap(&older, &newer) }
    if newer == nil { older?.state = state } else { newer?.state = state }
  }

  /// Adds a key, which must not be in the table, as the newest.
  @inlinable
  @inline(__always)
  internal mutating func append(_ key: Key, _ state: State) {
    if _slowPath(isLarge || newer != nil) { return appendLarge(key, state) }
    if older == nil { older = Entry(key, state) } else { newer = Entry(key, state) }
  }

  @inlinable
  @inline(never)
  internal mutating func appendLarge(_ key: Key, _ state: State) {
    if !isLarge { becomeLarge() }
    large.append(key, state)
  }

  @inlinable
  internal mutating func becomeLarge() {
    if let older { large.append(older.key, older.state) }
    if let newer { large.append(newer.key, newer.state) }
    (older, newer, isLarge) = (nil, nil, true)
  }

  /// Forgets the key of a slot.
  @inlinable
  @inline(__always)
  internal mutating func remove(_ slot: Int) {
    if _slowPath(isLarge) { return removeLarge(slot) }
    if slot == 0 { older = newer }
    newer = nil
  }

  @inlinable
  @inline(never)
  internal mutating func removeLarge(_ slot: Int) {
    large.remove(slot)
    isLarge = large.count > 0
  }
}

extension SmallRecencyTable: Sendable where Key: Sendable, State: Sendable {}
extension SmallRecencyTable.Entry: Sendable where Key: Sendable, State: Sendable {}

extension SmallRecencyTable: Encodable where Key: Encodable, State: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: RecencyTableKey.self)
    try container.encode(entries.map(\.0), forKey: .keys)
    try container.encode(entries.map(\.1), forKey: .states)
  }
}

extension SmallRecencyTable: Decodable where Key: Decodable, State: Decodable {
  /// A key that stands twice in a file counts once.
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: RecencyTableKey.self)
    let keys = try container.decode([Key].self, forKey: .keys)
    let states = try container.decode([State].self, forKey: .states)
    self.init()
    for (key, state) in zip(keys, states) where slot(of: key) == nil { append(key, state) }
  }
}
