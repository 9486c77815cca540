extension Schedule: CustomStringConvertible, LosslessStringConvertible {
  /// `in order`; `seed 17`, with `uniform` or `priorities 2` where the picker is not the mixed one
  /// and `length 60` where that is not 256; or the decisions, as `23:1 40:2`. Reads back.
  public var description: String {
    switch source {
    case .inOrder: "in order"
    case .decided(let decisions): decisions.map(\.description).joined(separator: " ")
    case .seeded(let seed, let picker, let length):
      "seed \(seed)" + picker.words + (length == Self.usualLength ? "" : " length \(length)")
    }
  }

  /// Reads what ``description`` writes. Nil for anything else.
  public init?(_ description: String) {
    let words = description.split(separator: " ")
    if words == ["in", "order"] {
      self = .inOrder
    } else if words.first == "seed" {
      self.init(seeded: words.dropFirst())
    } else {
      let decisions = words.map { Decision(String($0)) }
      guard !decisions.isEmpty, !decisions.contains(nil) else { return nil }
      self = .decided(decisions.compactMap { $0 })
    }
  }

  private init?(seeded words: ArraySlice<Substring>) {
    var words = words
    guard let seed = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
    let picker = SchedulePicker(popping: &words)
    var length = Self.usualLength
    if words.first == "length" {
      guard let number = words.dropFirst().first.flatMap({ Int($0) }), number > 0 else {
        return nil
      }
      length = number
      words.removeFirst(2)
    }
    guard words.isEmpty else { return nil }
    self = .seeded(seed, picker, length: length)
  }
}

extension SchedulePicker {
  fileprivate var words: String {
    switch self {
    case .mixed: ""
    case .uniform: " uniform"
    case .priorities(let changes): " priorities \(changes)"
    case .delays(let count): " delays \(count)"
    }
  }

  fileprivate init(popping words: inout ArraySlice<Substring>) {
    self = .mixed
    if words.first == "uniform" {
      words.removeFirst()
      self = .uniform
    } else if let count = words.dropFirst().first.flatMap({ Int($0) }), count >= 0 {
      switch words.first {
      case "priorities": self = .priorities(changes: count)
      case "delays": self = .delays(count)
      default: return
      }
      words.removeFirst(2)
    }
  }
}
