import Foundation
import TocsinMonitors

/// Real daily prices: of AAPL and IBM as they come with the package, and of the S&P 500 read from
/// beside it.
enum PriceFiles {
  struct Price {
    var date: CalendarDate
    var price: Decimal
  }

  static let comment = "Daily prices are not here: put arch-sp500.csv.gz and "
  static let missing = "skfolio-sp500-index.csv.gz into ../shared/data/daily to run this."

  static func isPresent(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: package.appending(path: name).standardized.path)
  }

  static let arch = "../shared/data/daily/arch-sp500.csv.gz"
  static let skfolio = "../shared/data/daily/skfolio-sp500-index.csv.gz"

  /// The adjusted closes of a symbol, 2000 to 2013.
  static func stock(_ symbol: String) throws -> [Price] {
    let file = package.appending(path: "Sources/TocsinPaper/Resources/bokeh-stocks.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    return rows(text).filter { $0.first == symbol }.compactMap { price($0, date: 1, price: 7) }
  }

  /// The adjusted closes of the S&P 500, 1999 to 2018.
  static func archIndex() throws -> [Price] {
    rows(try unzipped(arch)).compactMap { price($0, date: 0, price: 5) }
  }

  /// The closes of the S&P 500, 1990 to 2022.
  static func skfolioIndex() throws -> [Price] {
    rows(try unzipped(skfolio)).compactMap { price($0, date: 0, price: 1) }
  }

  private static func rows(_ text: String) -> [[String]] {
    text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static func price(_ cells: [String], date: Int, price: Int) -> Price? {
    guard cells.count > price, let date = self.date(cells[date]),
      let price = Decimal(string: cells[price])
    else { return nil }
    return Price(date: date, price: price)
  }

  /// `2000-03-01` or `1/4/1999`.
  private static func date(_ text: String) -> CalendarDate? {
    let parts = text.split(separator: "/").compactMap { Int($0) }
    return parts.count == 3 ? CalendarDate(parts[2], parts[0], parts[1]) : CalendarDate(text)
  }

  private static func unzipped(_ name: String) throws -> String {
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", package.appending(path: name).standardized.path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    gzip.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static var package: URL {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/", !isPackage(folder) { folder.deleteLastPathComponent() }
    return folder
  }

  private static func isPackage(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
  }
}
