import Tocsin

/// The latest changes, as they are saved: the capacity and the values.
struct DriftHistory: Equatable, Codable, Sendable {
  var recent: Recent<Recorded<DriftFinding>>

  init(_ recent: Recent<Recorded<DriftFinding>>) { self.recent = recent }

  private enum CodingKeys: String, CodingKey {
    case capacity, changes
  }

  init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    recent = Recent(capacity: try box.decode(Int.self, forKey: .capacity))
    for change in try box.decode([Recorded<DriftFinding>].self, forKey: .changes) {
      recent.append(change)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(recent.capacity, forKey: .capacity)
    try box.encode(Array(recent), forKey: .changes)
  }
}
