/// The memory of a ``DeadlineQueue``: a ring of entries, and for each id the entry that counts.
///
/// The queue makes sure that an id is below `idCount` before it reads or writes its place, and that
/// the memory is its own.
@usableFromInline
final class DeadlineMemory {
  /// The place of an id that is not armed.
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
  @usableFromInline let idCount: Int
  /// The place of each id's entry, or `idle`, or `inWheel`.
  @usableFromInline let places: UnsafeMutablePointer<Int32>

  init(entries capacity: Int, ids: Int) {
    mask = capacity - 1
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(.max, 0), count: capacity)
    idCount = ids
    places = .allocate(capacity: ids)
    places.initialize(repeating: Self.idle, count: ids)
  }

  deinit {
    entries.deallocate()
    places.deallocate()
  }

  @inlinable
  @inline(__always)
  func place(_ position: Int) -> Int32 { Int32(truncatingIfNeeded: position & mask) }

  /// Whether the entry at a position is the one that counts for its id.
  @inlinable
  @inline(__always)
  func isCurrent(_ position: Int) -> Bool {
    places[Int(entries[position & mask].id)] == place(position)
  }

  /// Memory of its own with the same content, for so many ids.
  func copy(ids: Int) -> DeadlineMemory {
    let other = DeadlineMemory(entries: mask + 1, ids: ids)
    other.entries.update(from: entries, count: mask + 1)
    other.places.update(from: places, count: idCount)
    return other
  }

  /// Memory for twice as many entries. Every entry has to count.
  func doubled(_ filled: Range<Int>) -> DeadlineMemory {
    let other = DeadlineMemory(entries: 2 * (mask + 1), ids: idCount)
    other.places.update(from: places, count: idCount)
    for position in filled { other.put(entries[position & mask], at: position) }
    return other
  }

  /// Moves the entries that count together, in their order, and gives the end of them. The one that
  /// counts is behind all others of its id, so it has not been moved when they are passed over.
  func compact(_ filled: Range<Int>) -> Int {
    var end = filled.lowerBound
    for position in filled where isCurrent(position) {
      put(entries[position & mask], at: end)
      end += 1
    }
    return end
  }

  /// Writes an entry and makes it the one that counts for its id.
  @inlinable
  @inline(__always)
  func put(_ entry: Entry, at position: Int) {
    entries[position & mask] = entry
    places[Int(entry.id)] = place(position)
  }
}
