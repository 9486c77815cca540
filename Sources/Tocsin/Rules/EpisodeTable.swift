/// The episodes of many keys, and the line of those of which something waits.
///
/// A key is either in the line or in the order in which keys were last heard of: what waits is not
/// forgotten. So a repeat of a key that waits finds all there is to know in one place, and moves nothing.
@frozen
@usableFromInline
internal struct EpisodeTable<Key: Hashable, Value> {
  /// What is kept of one key.
  @frozen
  @usableFromInline
  internal struct Episode {
    @usableFromInline internal var suppressed = 0
    /// The value that passes as soon as there is room.
    @usableFromInline internal var waiting: Value?
    @usableFromInline internal var isOwed = false
    /// The rank of the worst that was announced.
    @usableFromInline internal var announced: UInt8 = 0

    @inlinable
    internal init() {}
  }

  /// All keys; in its order those of which nothing waits.
  @usableFromInline internal var rows = RecencyTable<Key, Episode>()
  @usableFromInline internal var line = ArrivalOrder()
  @usableFromInline internal var waitingCount = 0

  @inlinable
  internal init() {}

  @inlinable internal var count: Int { rows.count }

  @inlinable
  @inline(__always)
  internal func slot(of key: Key) -> Int? { rows.slot(of: key) }

  @inlinable
  @inline(__always)
  internal subscript(slot: Int) -> Episode {
    _read { yield rows[slot] }
    _modify { yield &rows[slot] }
  }

  /// The slot of a key that is heard of, and whether another one was forgotten for it.
  @inlinable
  @inline(__always)
  internal mutating func hear(of key: Key, limit: Int) -> (slot: Int, hasForgotten: Bool) {
    if let slot = rows.slot(of: key) {
      if rows[slot].waiting == nil { rows.touch(slot) }
      return (slot, false)
    }
    return add(key, limit)
  }

  /// Out of line: a key is new once.
  @inlinable
  @inline(never)
  internal mutating func add(_ key: Key, _ limit: Int) -> (slot: Int, hasForgotten: Bool) {
    var hasForgotten = false
    if rows.count &- waitingCount >= limit, let oldest = rows.oldest {
      rows.remove(oldest)
      hasForgotten = true
    }
    return (rows.append(key, Episode()), hasForgotten)
  }

  /// The slot that has waited longest.
  @inlinable
  @inline(__always)
  internal var longestWaiting: Int? { line.oldest }

  /// Puts a key, of which nothing waits, at the end of the line.
  @inlinable
  internal mutating func beginWaiting(_ slot: Int, _ value: Value) {
    rows[slot].waiting = value
    rows.rest(slot)
    line.touch(slot)
    waitingCount &+= 1
  }

  /// Takes a key out of the line, if it is in it. It is then the one heard of last.
  @inlinable
  @inline(__always)
  internal mutating func stopWaiting(_ slot: Int) {
    if rows[slot].waiting != nil { leaveLine(slot) }
  }

  @inlinable
  internal mutating func leaveLine(_ slot: Int) {
    rows[slot].waiting = nil
    line.remove(slot)
    waitingCount &-= 1
    rows.touch(slot)
  }

  /// Forgets a key of which nothing waits.
  @inlinable
  internal mutating func remove(_ slot: Int) { rows.remove(slot) }
}

extension EpisodeTable.Episode: Sendable where Value: Sendable {}
extension EpisodeTable.Episode: Encodable where Value: Encodable {}
extension EpisodeTable.Episode: Decodable where Value: Decodable {}
extension EpisodeTable: Sendable where Key: Sendable, Value: Sendable {}

extension EpisodeTable {
  /// The keys of which something waits, those that have waited longest first.
  internal var waiting: RecencyTable<Key, Episode> {
    var list = RecencyTable<Key, Episode>()
    for slot in line.slots { list.append(rows.table.key(at: slot), rows[slot]) }
    return list
  }

  private enum CodingKeys: String, CodingKey {
    case quiet, waiting
  }
}

extension EpisodeTable: Encodable where Key: Encodable, Value: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .quiet)
    try container.encode(waiting, forKey: .waiting)
  }
}

extension EpisodeTable: Decodable where Key: Decodable, Value: Decodable {
  /// A key that stands twice in a file counts once.
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let quiet = try container.decode(RecencyTable<Key, Episode>.self, forKey: .quiet)
    let waiting = try container.decode(RecencyTable<Key, Episode>.self, forKey: .waiting)
    self.init()
    for (key, episode) in quiet.entries + waiting.entries where slot(of: key) == nil {
      let slot = rows.append(key, episode)
      if let value = episode.waiting { beginWaiting(slot, value) }
    }
  }
}
