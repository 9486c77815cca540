/// The memory of a ``DeadlineQueue``: a ring of entries, which of them are armed, and for each id the
/// entry that is its own.
///
/// The queue makes sure that an id is below `idCount` before it reads or writes its place, and that
/// the memory is its own.
@usableFromInline
final class DeadlineMemory {
  /// The place of an id that has no entry.
  @usableFromInline static var idle: Int32 { -1 }
  /// The place of an id whose deadline is in the wheel.
  @usableFromInline static var inWheel: Int32 { -2 }

  @usableFromInline
  struct Entry {
    @usableFromInline var deadline: Int64
    @usableFromInline var id: Int32

    @inlinable
    @inline(__always)
    init(_ deadline: Int64, _ id: Int) {
      self.deadline = deadline
      self.id = Int32(truncatingIfNeeded: id)
    }
  }

  /// A power of two entries, less one. The entry at position `p` is in the place `p & mask`.
  @usableFromInline let mask: Int
  @usableFromInline let entries: UnsafeMutablePointer<Entry>
  /// The places whose entries are armed.
  @usableFromInline var armed: PlaceSet
  @usableFromInline let idCount: Int
  /// The place of each id's entry, or `idle`, or `inWheel`.
  @usableFromInline let places: UnsafeMutablePointer<Int32>

  init(entries capacity: Int, ids: Int) {
    mask = capacity - 1
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(.max, 0), count: capacity)
    armed = PlaceSet(capacity: capacity)
    idCount = ids
    places = .allocate(capacity: ids)
    places.initialize(repeating: Self.idle, count: ids)
  }

  deinit {
    entries.deallocate()
    armed.deallocate()
    places.deallocate()
  }

  @inlinable
  @inline(__always)
  func place(_ position: Int) -> Int32 { Int32(truncatingIfNeeded: position & mask) }

  /// The position of a place, when it is not before another one.
  @inlinable
  @inline(__always)
  func position(of place: Int, from start: Int) -> Int { start &+ ((place &- start) & mask) }

  /// Whether the entry at a position is its id's own.
  @inlinable
  @inline(__always)
  func isCurrent(_ position: Int) -> Bool {
    places[Int(entries[position & mask].id)] == place(position)
  }

  /// Memory of its own with the same content, for so many ids.
  func copy(ids: Int) -> DeadlineMemory {
    let other = DeadlineMemory(entries: mask + 1, ids: ids)
    other.entries.update(from: entries, count: mask + 1)
    other.armed.update(from: armed)
    other.places.update(from: places, count: idCount)
    return other
  }

  /// Memory for twice as many entries. Every entry has to be its id's own.
  func doubled(_ filled: Range<Int>) -> DeadlineMemory {
    let other = DeadlineMemory(entries: 2 * (mask + 1), ids: idCount)
    other.places.update(from: places, count: idCount)
    for position in filled {
      other.put(entries[position & mask], at: position, isArmed: armed.contains(position & mask))
    }
    return other
  }

  /// Moves the entries that are their ids' own together, in their order, and gives the end of them.
  /// It is behind all others of its id, so it has not been moved when they are passed over.
  func compact(_ filled: Range<Int>) -> Int {
    var end = filled.lowerBound
    for position in filled where isCurrent(position) {
      let isArmed = armed.remove(position & mask)
      put(entries[position & mask], at: end, isArmed: isArmed)
      end += 1
    }
    return end
  }

  /// Writes an entry and makes it its id's own. The place must not be armed.
  @inlinable
  @inline(__always)
  func put(_ entry: Entry, at position: Int, isArmed: Bool) {
    entries[position & mask] = entry
    places[Int(entry.id)] = place(position)
    if isArmed { armed.insert(position & mask) }
  }
}
