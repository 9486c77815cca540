/// Anything a trading system tells its monitors.
public enum TradingEvent: Hashable, Sendable {
  /// A price arrived.
  case tick(Tick)
  /// A component answered.
  case heartbeat(Heartbeat)
  /// An order took a step.
  case order(OrderEvent)
  /// A book was read.
  case positions(PositionReport)
}

/// Coded as an object with one member named after the case: `{"tick": {…}}`.
extension TradingEvent: Codable {
  private enum CodingKeys: String, CodingKey {
    case tick, heartbeat, order, positions
  }

  /// Reads the one member; throws `DecodingError` when there is none, more than one, or one of an
  /// unknown name.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    guard box.allKeys.count == 1, let key = box.allKeys.first else {
      let names = "tick, heartbeat, order, positions"
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: box.codingPath,
          debugDescription: "A trading event needs exactly one member of: \(names)."
        )
      )
    }
    self =
      switch key {
      case .tick: .tick(try box.decode(Tick.self, forKey: key))
      case .heartbeat: .heartbeat(try box.decode(Heartbeat.self, forKey: key))
      case .order: .order(try box.decode(OrderEvent.self, forKey: key))
      case .positions: .positions(try box.decode(PositionReport.self, forKey: key))
      }
  }

  /// Writes the one member.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .tick(let tick): try box.encode(tick, forKey: .tick)
    case .heartbeat(let heartbeat): try box.encode(heartbeat, forKey: .heartbeat)
    case .order(let order): try box.encode(order, forKey: .order)
    case .positions(let report): try box.encode(report, forKey: .positions)
    }
  }
}
