/// Whose execution is measured.
public enum ExecutionScope: Hashable, Codable, Sendable, CustomStringConvertible {
  /// All orders.
  case overall
  /// The orders of one symbol.
  case symbol(String)
  /// The orders that buy, or that sell.
  case side(Side)
  /// The orders of the symbols that are traded at one venue only, as the instruments have it.
  case venue(String)

  /// The symbol, the side or the venue; empty for all. The subject of alerts.
  public var description: String {
    switch self {
    case .overall: ""
    case .symbol(let symbol): symbol
    case .side(let side): side.rawValue
    case .venue(let venue): venue
    }
  }
}
