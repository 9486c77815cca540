/// Anything a trading system tells its monitors.
///
/// A box: however many look at an event or pass it on, what it says is written down once. Making one
/// allocates, copying one does not.
public indirect enum TradingEvent: Hashable, Sendable {
  /// A price arrived.
  case tick(Tick)
  /// The best bid and ask changed.
  case quote(Quote)
  /// A component answered.
  case heartbeat(Heartbeat)
  /// A connection came up or went down.
  case connection(Connection)
  /// An order took a step.
  case order(OrderEvent)
  /// The positions of a book were read.
  case positions(PositionReport)
  /// The live orders of a book were read.
  case orders(OrderReport)
  /// The fills of a book were read.
  case fills(FillReport)
  /// The cash of a book was read.
  case account(AccountReport)
  /// Money came into an account or left it.
  case transfer(Transfer)
}

/// Coded as an object with one member named after the case: `{"tick": {…}}`.
extension TradingEvent: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case tick, quote, heartbeat, connection, order, positions, orders, fills, account, transfer
  }

  /// Reads the one member; throws `DecodingError` when there is none, more than one, or one of an
  /// unknown name.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    guard box.allKeys.count == 1, let key = box.allKeys.first else {
      let names = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
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
      case .quote: .quote(try box.decode(Quote.self, forKey: key))
      case .heartbeat: .heartbeat(try box.decode(Heartbeat.self, forKey: key))
      case .connection: .connection(try box.decode(Connection.self, forKey: key))
      case .order: .order(try box.decode(OrderEvent.self, forKey: key))
      case .positions: .positions(try box.decode(PositionReport.self, forKey: key))
      case .orders: .orders(try box.decode(OrderReport.self, forKey: key))
      case .fills: .fills(try box.decode(FillReport.self, forKey: key))
      case .account: .account(try box.decode(AccountReport.self, forKey: key))
      case .transfer: .transfer(try box.decode(Transfer.self, forKey: key))
      }
  }

  /// Writes the one member.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .tick(let tick): try box.encode(tick, forKey: .tick)
    case .quote(let quote): try box.encode(quote, forKey: .quote)
    case .heartbeat(let heartbeat): try box.encode(heartbeat, forKey: .heartbeat)
    case .connection(let connection): try box.encode(connection, forKey: .connection)
    case .order(let order): try box.encode(order, forKey: .order)
    case .positions(let report): try box.encode(report, forKey: .positions)
    case .orders(let report): try box.encode(report, forKey: .orders)
    case .fills(let report): try box.encode(report, forKey: .fills)
    case .account(let report): try box.encode(report, forKey: .account)
    case .transfer(let transfer): try box.encode(transfer, forKey: .transfer)
    }
  }
}
