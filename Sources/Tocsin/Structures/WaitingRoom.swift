/// Items that wait, each for its key and all equally long: first in, first out for a key and for all.
///
/// Every item has a place, a small number, until it is removed. A key is kept only while something
/// waits for it.
///
/// - Complexity: O(1) on average for every operation, besides evictions that have to look past what
///   may not be evicted.
@usableFromInline
struct WaitingRoom<Key: Hashable, Item> {
  /// A line of items by their places.
  @usableFromInline
  struct Line {
    @usableFromInline var first = -1
    @usableFromInline var last = -1
    @usableFromInline var count = 0

    @inlinable init() {}
  }

  @usableFromInline
  struct Place {
    @usableFromInline var item: Item
    @usableFromInline let deadline: Int64
    @usableFromInline let row: Int
    @usableFromInline var before = -1
    @usableFromInline var after = -1
    @usableFromInline var beforeOfKey = -1
    @usableFromInline var afterOfKey = -1

    @inlinable
    init(item: Item, deadline: Int64, row: Int) {
      self.item = item
      self.deadline = deadline
      self.row = row
    }
  }

  @usableFromInline var places: [Place?] = []
  @usableFromInline var free: [Int] = []
  @usableFromInline var rows = KeyTable<Key, Line>()
  @usableFromInline var all = Line()

  @inlinable init() {}

  /// How many items wait.
  @inlinable var count: Int { all.count }
  /// How many keys something waits for.
  var keyCount: Int { rows.count }
  /// How many places there are, those that are free among them.
  var placeCount: Int { places.count }
  /// The deadline of the oldest item; `max` when there is none.
  @inlinable var nextDeadline: Int64 { all.first < 0 ? .max : places[all.first]?.deadline ?? .max }

  /// How many items wait for a key.
  @inlinable
  func count(of key: Key) -> Int {
    guard let row = rows.slot(of: key) else { return 0 }
    return rows[row].count
  }

  /// The oldest item of a key.
  func oldest(of key: Key) -> Item? {
    rows.slot(of: key).flatMap { place(rows[$0].first)?.item }
  }

  /// Takes the oldest item.
  @inlinable mutating func popFirst() -> Item? { remove(all.first) }

  /// Takes the oldest item of a key, when it satisfies `isWanted`.
  @inlinable
  @inline(__always)
  mutating func popFirst(of key: Key, where isWanted: (Item) -> Bool = { _ in true }) -> Item? {
    guard let row = rows.slot(of: key) else { return nil }
    let index = rows[row].first
    guard let place = places[index], isWanted(place.item) else { return nil }
    return remove(index)
  }

  /// Takes the oldest item that satisfies `isEvictable`, of a key or of all; nil when none does.
  @inlinable
  mutating func evictOldest(
    of key: Key? = nil,
    where isEvictable: (Item) -> Bool
  ) -> Item? {
    let line = key.map { key in rows.slot(of: key).map { rows[$0] } ?? Line() } ?? all
    var index = line.first
    while let place = place(index), !isEvictable(place.item) {
      index = key == nil ? place.after : place.afterOfKey
    }
    return remove(index)
  }

  /// Adds an item behind all others. Its deadline must not be earlier than theirs.
  @inlinable
  mutating func append(_ item: Item, for key: Key, until deadline: Int64) {
    let row = rows.findOrInsert(key, Line()).slot
    var place = Place(item: item, deadline: deadline, row: row)
    (place.before, place.beforeOfKey) = (all.last, rows[row].last)
    let index = free.popLast() ?? places.count
    if index == places.count { places.append(place) } else { places[index] = place }
    if place.before >= 0 { places[place.before]?.after = index } else { all.first = index }
    if place.beforeOfKey >= 0 {
      places[place.beforeOfKey]?.afterOfKey = index
    } else {
      rows[row].first = index
    }
    (all.last, rows[row].last) = (index, index)
    all.count += 1
    rows[row].count += 1
  }

  @inlinable
  func place(_ index: Int) -> Place? { index < 0 ? nil : places[index] }

  @inlinable
  mutating func remove(_ index: Int) -> Item? {
    guard index >= 0, let place = places[index].take() else { return nil }
    free.append(index)
    unlink(place)
    unlinkFromKey(place)
    return place.item
  }

  @inlinable
  mutating func unlink(_ place: Place) {
    if place.before >= 0 {
      places[place.before]?.after = place.after
    } else {
      all.first = place.after
    }
    if place.after >= 0 {
      places[place.after]?.before = place.before
    } else {
      all.last = place.before
    }
    all.count -= 1
  }

  @inlinable
  mutating func unlinkFromKey(_ place: Place) {
    let (before, after) = (place.beforeOfKey, place.afterOfKey)
    if before >= 0 { places[before]?.afterOfKey = after } else { rows[place.row].first = after }
    if after >= 0 { places[after]?.beforeOfKey = before } else { rows[place.row].last = before }
    rows[place.row].count -= 1
    if rows[place.row].count == 0 { rows.remove(place.row) }
  }
}
