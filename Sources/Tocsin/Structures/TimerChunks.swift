/// The entries of all lists of a ``TimerWheel``, in chunks of eight that lie side by side in memory.
///
/// What is filed away and moved down together is read and written in a row. Lists that link timers one
/// by one visit a far line of memory for each, one after the other: with 100,000 keys that was a
/// quarter of what a sampled event cost.
struct TimerChunks {
  static var size: Int { 8 }

  private struct Header {
    /// The chunk filled before this one, or the next free one; -1 when there is none.
    var next: Int32
    var count: Int32
  }

  private var capacity = 0
  private var free: Int32 = -1
  private var used = 0
  private var headers: UnsafeMutablePointer<Header> = .allocate(capacity: 0)
  private var entries: UnsafeMutablePointer<TimerEntry> = .allocate(capacity: 0)

  func deallocate() {
    headers.deallocate()
    entries.deallocate()
  }

  /// The same chunks in memory of their own.
  func copy() -> TimerChunks {
    var other = self
    other.headers = .allocate(capacity: capacity)
    other.headers.initialize(from: headers, count: used)
    other.entries = .allocate(capacity: capacity * Self.size)
    other.entries.initialize(from: entries, count: used * Self.size)
    return other
  }

  /// Adds an entry to a list that begins with `head`, -1 for an empty one. Gives its new head.
  @inline(__always)
  mutating func add(_ entry: TimerEntry, to head: Int32) -> Int32 {
    let chunk = head >= 0 && headers[Int(head)].count < Self.size ? head : open(before: head)
    let place = Int(chunk) &* Self.size &+ Int(headers[Int(chunk)].count)
    entries[place] = entry
    headers[Int(chunk)].count &+= 1
    return chunk
  }

  /// The number of entries in a chunk.
  @inline(__always)
  func count(_ chunk: Int32) -> Int { Int(headers[Int(chunk)].count) }

  /// An entry of a chunk.
  @inline(__always)
  func entry(_ chunk: Int32, _ index: Int) -> TimerEntry {
    entries[Int(chunk) &* Self.size &+ index]
  }

  /// Frees a chunk and gives the one behind it in its list.
  @inline(__always)
  mutating func release(_ chunk: Int32) -> Int32 {
    let next = headers[Int(chunk)].next
    headers[Int(chunk)].next = free
    free = chunk
    return next
  }

  private mutating func open(before head: Int32) -> Int32 {
    var chunk = free
    if chunk >= 0 {
      free = headers[Int(chunk)].next
    } else {
      if used == capacity { grow() }
      chunk = Int32(truncatingIfNeeded: used)
      used += 1
      let empty = TimerEntry(deadline: 0, sequence: 0, timer: 0)
      (entries + Int(chunk) * Self.size).initialize(repeating: empty, count: Self.size)
    }
    (headers + Int(chunk)).initialize(to: Header(next: head, count: 0))
    return chunk
  }

  private mutating func grow() {
    let old = self
    capacity = max(4, 2 * capacity)
    headers = .allocate(capacity: capacity)
    headers.moveInitialize(from: old.headers, count: used)
    entries = .allocate(capacity: capacity * Self.size)
    entries.moveInitialize(from: old.entries, count: used * Self.size)
    old.deallocate()
  }
}
