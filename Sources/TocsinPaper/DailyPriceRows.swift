import TocsinMonitors

/// Reads rows of daily prices.
struct DailyPriceRows {
  static let header = "Ticker,Date,Open,High,Low,Close,Volume,Adj Close"

  private(set) var prices: [DailyPrice] = []
  private var lastDay: [String: Int] = [:]

  mutating func read(_ bytes: [UInt8]) throws(DailyPricesError) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      if index == 0 {
        guard text == Self.header else { throw DailyPricesError(line: 1, .header) }
      } else if !text.isEmpty {
        prices.append(try price(text, line: index + 1))
      }
    }
    guard !prices.isEmpty else { throw DailyPricesError(line: 0, .empty) }
  }

  private mutating func price(_ text: String, line: Int) throws(DailyPricesError) -> DailyPrice {
    let cells = text.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 8 else { throw DailyPricesError(line: line, .cells(cells.count)) }
    guard let date = Self.date(cells[1]) else { throw DailyPricesError(line: line, .date) }
    func number(_ index: Int, _ column: String) throws(DailyPricesError) -> Double {
      guard let value = Double(cells[index]), value >= 1e-4, value < 100_000 else {
        throw DailyPricesError(line: line, .number(column: column))
      }
      return value
    }
    let price = DailyPrice(
      symbol: String(cells[0]),
      day: date.daysSinceEpoch,
      open: try number(2, "Open"),
      high: try number(3, "High"),
      low: try number(4, "Low"),
      close: try number(5, "Close"),
      adjustedClose: try number(7, "Adj Close")
    )
    try check(price, line: line)
    return price
  }

  private mutating func check(_ price: DailyPrice, line: Int) throws(DailyPricesError) {
    guard price.low <= min(price.open, price.close), price.high >= max(price.open, price.close)
    else { throw DailyPricesError(line: line, .range) }
    guard price.high / price.close * price.adjustedClose < 100_000 else {
      throw DailyPricesError(line: line, .number(column: "Adj Close"))
    }
    let before = lastDay.updateValue(price.day, forKey: price.symbol)
    guard before.map({ $0 < price.day }) ?? true else {
      throw DailyPricesError(line: line, .order)
    }
  }

  /// Days whose nanoseconds an `Instant` can hold.
  private static func date(_ text: Substring) -> CivilDate? {
    guard let date = CivilDate(text: text), (1700...2200).contains(date.year) else { return nil }
    return date
  }
}
