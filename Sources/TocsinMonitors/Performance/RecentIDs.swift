import Tocsin

/// The last so many ids, to tell one that comes again. O(1); no allocation once it is full, apart
/// from ids that are longer than 15 bytes.
struct RecentIDs: Sendable {
  private(set) var order: Recent<String>
  private var known: Set<String> = []

  init(capacity: Int) { order = Recent(capacity: capacity) }

  /// Whether the id is new; it is known from then on.
  mutating func insert(_ id: String) -> Bool {
    guard known.insert(id).inserted else { return false }
    if let oldest = order.append(id) { known.remove(oldest) }
    return true
  }
}
