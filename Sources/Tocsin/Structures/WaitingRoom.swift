/// Items that wait, each for its key and all equally long: first in, first out for a key and for all.
///
/// Every item has a place, a small number, until it is removed. A key is kept only while something
/// waits for it.
///
/// - Complexity: O(1) on average for every operation, besides evictions that have to look past what
///   may not be evicted.
struct WaitingRoom<Key: Hashable, Item> {
  /// A line of items by their places.
  private struct Line {
    var first = -1
    var last = -1
    var count = 0
  }

  private struct Place {
    var item: Item
    let deadline: Int64
    let row: Int
    var before = -1
    var after = -1
    var beforeOfKey = -1
    var afterOfKey = -1
  }

  private var places: [Place?] = []
  private var free: [Int] = []
  private var rows = KeyTable<Key, Line>()
  private var all = Line()

  /// How many items wait.
  var count: Int { all.count }
  /// How many keys something waits for.
  var keyCount: Int { rows.count }
  /// How many places there are, those that are free among them.
  var placeCount: Int { places.count }
  /// The deadline of the oldest item; `max` when there is none.
  var nextDeadline: Int64 { place(all.first)?.deadline ?? .max }

  /// How many items wait for a key.
  func count(of key: Key) -> Int { rows.slot(of: key).map { rows[$0].count } ?? 0 }

  /// The oldest item of a key.
  func oldest(of key: Key) -> Item? {
    rows.slot(of: key).flatMap { place(rows[$0].first)?.item }
  }

  /// Takes the oldest item.
  mutating func popFirst() -> Item? { remove(all.first) }

  /// Takes the oldest item of a key.
  mutating func popFirst(of key: Key) -> Item? {
    guard let row = rows.slot(of: key) else { return nil }
    return remove(rows[row].first)
  }

  /// Takes the oldest item that satisfies `isEvictable`, of a key or of all; nil when none does.
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

  private func place(_ index: Int) -> Place? { index < 0 ? nil : places[index] }

  private mutating func remove(_ index: Int) -> Item? {
    guard let place = place(index) else { return nil }
    places[index] = nil
    free.append(index)
    unlink(place)
    unlinkFromKey(place)
    return place.item
  }

  private mutating func unlink(_ place: Place) {
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

  private mutating func unlinkFromKey(_ place: Place) {
    let (before, after) = (place.beforeOfKey, place.afterOfKey)
    if before >= 0 { places[before]?.afterOfKey = after } else { rows[place.row].first = after }
    if after >= 0 { places[after]?.beforeOfKey = before } else { rows[place.row].last = before }
    rows[place.row].count -= 1
    if rows[place.row].count == 0 { rows.remove(place.row) }
  }
}
