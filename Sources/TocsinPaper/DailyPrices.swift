import Foundation
import TocsinMonitors

/// Daily prices of several symbols, checked when they are read.
///
/// The built-in ones are real: AAPL, FB, GOOG, IBM and MSFT from 2000-03-01 to 2013-03-01, in the
/// public domain; see `Resources/ATTRIBUTION.md`.
public struct DailyPrices: Sendable {
  /// The prices by day, earliest first, and by symbol within the day.
  let days: [TradingDay]
  /// The symbols, sorted.
  public let symbols: [String]
  /// The number of prices.
  public let count: Int

  /// Reads comma-separated text: `Ticker,Date,Open,High,Low,Close,Volume,Adj Close`.
  ///
  /// Every symbol's days must rise. Throws the first fault as a ``DailyPricesError``, because a
  /// price series with a hole or a wrong number is not worth trading on.
  public init(csv bytes: [UInt8]) throws(DailyPricesError) {
    var rows = DailyPriceRows()
    try rows.read(bytes)
    self.init(rows.prices)
  }

  private init(_ prices: [DailyPrice]) {
    let byDay = Dictionary(grouping: prices, by: \.day)
    days = byDay.keys.sorted().map { day in
      TradingDay(day: day, prices: (byDay[day] ?? []).sorted { $0.symbol < $1.symbol })
    }
    symbols = Set(prices.map(\.symbol)).sorted()
    count = prices.count
  }

  /// The first and the last trading day, as RFC 3339 full-dates.
  public var span: (first: String, last: String) {
    (days.first?.date.description ?? "", days.last?.date.description ?? "")
  }

  /// The prices that come with the program.
  ///
  /// They are in the folder `tocsin_TocsinPaper.resources` (`.bundle` on macOS) beside the program.
  /// Throws ``DailyPricesError`` when it is not there, as when the program was moved alone.
  public static func builtIn() throws(DailyPricesError) -> DailyPrices {
    let file = "bokeh-stocks.csv"
    for folder in PaperResources.folders {
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)) else { continue }
      return try DailyPrices(csv: [UInt8](data))
    }
    throw DailyPricesError(line: 0, .resourceMissing(PaperResources.bundleName + "/" + file))
  }
}

/// One trading day: the prices of the symbols that traded, sorted by symbol.
struct TradingDay: Hashable, Sendable {
  var day: Int
  var prices: [DailyPrice]

  var date: CivilDate { CivilDate(daysSinceEpoch: day) }
}

/// Finds the resources without `Bundle.module`, which stops the program when they are not there.
enum PaperResources {
  #if canImport(Darwin)
    static let bundleName = "tocsin_TocsinPaper.bundle"
  #else
    static let bundleName = "tocsin_TocsinPaper.resources"
  #endif

  static var folders: [URL] {
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    let code = Bundle(for: Marker.self)
    let beside = [Bundle.main.bundleURL, Bundle.main.resourceURL, program, code.resourceURL]
    let parent = code.bundleURL.deletingLastPathComponent()
    return (beside.compactMap(\.self) + [parent]).map { $0.appendingPathComponent(bundleName) }
  }

  private final class Marker {}
}
