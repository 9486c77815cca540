/// The values of the last so many keys that were added, oldest out first.
///
/// O(1) on average. Setting a key again changes its value, not its age; setting nil does nothing.
struct Remembered<Key: Hashable & Codable & Sendable, Value: Codable & Sendable>: Codable, Sendable
{
  private let capacity: Int
  private var values: [Key: Value] = [:]
  private var ring: [Key] = []
  private var oldest = 0

  init(capacity: Int) { self.capacity = max(1, capacity) }

  var count: Int { values.count }

  subscript(key: Key) -> Value? {
    get { values[key] }
    set {
      guard let newValue else { return }
      if values.updateValue(newValue, forKey: key) == nil { enrol(key) }
    }
  }

  private mutating func enrol(_ key: Key) {
    guard ring.count == capacity else { return ring.append(key) }
    values[ring[oldest]] = nil
    ring[oldest] = key
    oldest = oldest + 1 == capacity ? 0 : oldest + 1
  }
}
