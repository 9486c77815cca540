import Tocsin

/// The values of the last so many keys that were added, oldest out first.
///
/// One hash for a key, whether it is known or not, and none for the one that goes. It allocates
/// nothing once it is full. Setting a key again changes its value, not its age; setting nil does
/// nothing.
struct Remembered<Key: Hashable & Codable & Sendable, Value: Codable & Sendable>: Sendable {
  private let capacity: Int
  private var table = KeyTable<Key, Value>()
  /// The slots of the keys in the order in which they came, from `oldest` on.
  private var ring: [Int32] = []
  private var oldest = 0

  init(capacity: Int) { self.capacity = max(1, capacity) }

  var count: Int { table.count }

  /// The keys, oldest first. O(count).
  var keys: [Key] { slots.map { table.key(at: $0) } }

  subscript(key: Key) -> Value? {
    get { table.slot(of: key).map { table[$0] } }
    set {
      guard let newValue, !insert(key, newValue), let slot = table.slot(of: key) else { return }
      table[slot] = newValue
    }
  }

  /// Adds a key that is not there; false, and nothing changes, when it is.
  mutating func insert(_ key: Key, _ value: @autoclosure () -> Value) -> Bool {
    let (slot, isNew) = table.findOrInsert(key, value())
    if isNew { enrol(slot) }
    return isNew
  }

  private mutating func enrol(_ slot: Int) {
    let slot = Int32(truncatingIfNeeded: slot)
    guard ring.count == capacity else { return ring.append(slot) }
    table.remove(Int(ring[oldest]))
    ring[oldest] = slot
    oldest = oldest + 1 == capacity ? 0 : oldest + 1
  }

  private var slots: [Int] { (ring[oldest...] + ring[..<oldest]).map { Int($0) } }
}

extension Remembered where Value == Nothing {
  /// Adds a key; false when it is known.
  mutating func insert(_ key: Key) -> Bool { insert(key, Nothing()) }
}

/// What is remembered of a key that only has to be known again.
struct Nothing: Hashable, Codable, Sendable {}

extension Remembered: Codable {
  private enum CodingKeys: String, CodingKey { case capacity, keys, values }

  init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    self.init(capacity: try box.decode(Int.self, forKey: .capacity))
    let keys = try box.decode([Key].self, forKey: .keys)
    let values = try box.decode([Value].self, forKey: .values)
    guard keys.count == values.count else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: box.codingPath,
          debugDescription: "\(keys.count) keys are remembered, with \(values.count) values."
        )
      )
    }
    for (key, value) in zip(keys, values) { self[key] = value }
  }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(capacity, forKey: .capacity)
    try box.encode(keys, forKey: .keys)
    try box.encode(slots.map { table[$0] }, forKey: .values)
  }
}
