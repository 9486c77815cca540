/// The fill ids of one order that were counted.
///
/// It knows at least the last `limit` ids and never keeps more than twice as many and one, in two
/// generations: when the younger is full, the older is forgotten. The first two ids are kept apart and
/// for good, because most orders have no more, and need no memory of their own then. O(1) an id.
struct FillIDs: Hashable, Codable, Sendable {
  /// How many ids are known at least.
  static let limit = 4_096

  private var first: String?
  private var second: String?
  private var younger: Set<String> = []
  private var older: Set<String> = []

  /// How many ids are kept.
  var count: Int {
    (first == nil ? 0 : 1) + (second == nil ? 0 : 1) + younger.count + older.count
  }

  /// Notes an id; false when it is known.
  mutating func insert(_ id: String) -> Bool {
    guard let first else {
      first = id
      return true
    }
    guard let second else {
      second = first == id ? nil : id
      return first != id
    }
    return first != id && second != id && insertMore(id)
  }

  private mutating func insertMore(_ id: String) -> Bool {
    guard !older.contains(id), younger.insert(id).inserted else { return false }
    if younger.count == Self.limit {
      older = younger
      younger = []
    }
    return true
  }
}
