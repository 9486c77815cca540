/// The fill ids of one order that were counted.
///
/// It knows at least the last `limit` ids and never keeps more than twice as many, in two
/// generations: when the younger is full, the older is forgotten. O(1) an id.
struct FillIDs: Hashable, Codable, Sendable {
  /// How many ids are known at least.
  static let limit = 4_096

  private var younger: Set<String> = []
  private var older: Set<String> = []

  /// How many ids are kept.
  var count: Int { younger.count + older.count }

  /// Notes an id; false when it is known.
  mutating func insert(_ id: String) -> Bool {
    guard !older.contains(id), younger.insert(id).inserted else { return false }
    if younger.count == Self.limit {
      older = younger
      younger = []
    }
    return true
  }
}
