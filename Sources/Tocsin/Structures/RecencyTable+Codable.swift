extension RecencyTable {
  /// The keys and states, the oldest first.
  internal var entries: [(Key, State)] {
    order.slots.map { (table.key(at: $0), self[$0]) }
  }
}

extension RecencyTable: Encodable where Key: Encodable, State: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: RecencyTableKey.self)
    try container.encode(entries.map(\.0), forKey: .keys)
    try container.encode(entries.map(\.1), forKey: .states)
  }
}

extension RecencyTable: Decodable where Key: Decodable, State: Decodable {
  /// A key that stands twice in a file counts once.
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: RecencyTableKey.self)
    let keys = try container.decode([Key].self, forKey: .keys)
    let states = try container.decode([State].self, forKey: .states)
    self.init()
    for (key, state) in zip(keys, states) where slot(of: key) == nil { append(key, state) }
  }
}

internal enum RecencyTableKey: String, CodingKey {
  case keys, states
}
