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

  /// Adds a key that is not there; false, and nothing changes, when it is.
  mutating func insert(_ key: Key, _ value: @autoclosure () -> Value) -> Bool {
    let count = values.count
    Self.look(at: &values[key, default: value()])
    guard values.count > count else { return false }
    enrol(key)
    return true
  }

  /// Looking at a default adds it: one look into the table.
  private static func look(at value: inout Value) {}

  private mutating func enrol(_ key: Key) {
    guard ring.count == capacity else { return ring.append(key) }
    values[ring[oldest]] = nil
    ring[oldest] = key
    oldest = oldest + 1 == capacity ? 0 : oldest + 1
  }
}
