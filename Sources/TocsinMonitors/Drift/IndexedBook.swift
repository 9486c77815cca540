#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report by symbol, without flat positions; what cannot be compared is set apart.
struct IndexedBook {
  private(set) var positions: [String: Position] = [:]
  /// Symbols that are there twice, or with a quantity or price that is not a number.
  private(set) var invalid: Set<String> = []

  init(_ report: PositionReport) {
    var seen: Set<String> = []
    for position in report.positions {
      let isNumber = position.quantity.isUsable && position.averagePrice.isUsable
      if !isNumber || !seen.insert(position.symbol).inserted { invalid.insert(position.symbol) }
      if position.quantity != 0 { positions[position.symbol] = position }
    }
  }

  var symbols: Set<String> { Set(positions.keys).union(invalid) }
}
