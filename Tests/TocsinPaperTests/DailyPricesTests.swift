import CustomDump
import Foundation
import Testing

@testable import TocsinPaper

private let header = "Ticker,Date,Open,High,Low,Close,Volume,Adj Close\n"
private let row = "AAPL,2000-03-01,118.56,132.06,118.5,130.31,9616100,4.186662803811\n"

@Test func `the built-in prices are whole`() throws {
  let prices = try DailyPrices.builtIn()
  #expect(prices.count == 12_154)
  #expect(prices.symbols == ["AAPL", "FB", "GOOG", "IBM", "MSFT"])
  #expect(prices.span == ("2000-03-01", "2013-03-01"))
}

@Test func `the built-in prices are those of the published figures`() throws {
  let closes = try DailyPrices.builtIn().days.flatMap(\.prices).filter { $0.symbol == "IBM" }
  let returns = zip(closes.dropFirst(), closes).map { $0.adjustedClose / $1.adjustedClose - 1 }
  let mean = returns.reduce(0, +) / Double(returns.count)
  let squares = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let deviation = (squares / Double(returns.count - 1)).squareRoot()
  #expect(returns.count == 3269)
  #expect(abs(deviation * 252.0.squareRoot() - 0.279848) < 1e-6)
  #expect(abs(mean / deviation * 252.0.squareRoot() - 0.378510) < 1e-6)
}

@Test func `prices are adjusted to ten-thousandths`() throws {
  let prices = try DailyPrices(csv: Array((header + row).utf8))
  let adjusted = prices.days.first?.prices.first?.adjusted
  expectNoDifference(
    adjusted,
    AdjustedPrice(open: 38_092, high: 42_429, low: 38_072, close: 41_867)
  )
}

private let faults: [(text: String, error: String)] = [
  ("", "daily prices, line 1: the header must be Ticker,Date,Open,High,Low,Close,Volume,Adj Close"),
  (header, "there are no daily prices; give a file with rows"),
  (
    header + row + row,
    "daily prices, line 3: the day is not after the day before it; sort each symbol by date"
  ),
  (
    header + "A,2000-03-01,1,1\n",
    "daily prices, line 2: the row has 4 cells, not 8; correct the row"
  ),
  (
    header + "A,2000-02-30,1,1,1,1,1,1\n",
    "daily prices, line 2: the date is no day of the years 1700 to 2200; write it as 2004-03-01"
  ),
  (
    header + "A,9999-01-01,1,1,1,1,1,1\n",
    "daily prices, line 2: the date is no day of the years 1700 to 2200; write it as 2004-03-01"
  ),
  (
    header + "A,2000-03-01,nan,1,1,1,1,1\n",
    "daily prices, line 2: Open is no price from 0.0001 to below 100,000; correct it"
  ),
  (
    header + "A,2000-03-01,1,1,1,0,1,1\n",
    "daily prices, line 2: Close is no price from 0.0001 to below 100,000; correct it"
  ),
  (
    header + "A,2000-03-01,1,1,1,0.0001,1,99999\n",
    "daily prices, line 2: low and high do not enclose open and close; correct the row"
  ),
  (
    header + "A,2000-03-01,0.0001,1,0.0001,0.0001,1,99999\n",
    "daily prices, line 2: Adj Close is no price from 0.0001 to below 100,000; correct it"
  ),
]

@Test(arguments: faults) func `says what is wrong with daily prices`(
  row: (text: String, error: String)
) {
  do {
    _ = try DailyPrices(csv: Array(row.text.utf8))
    Issue.record("accepted \(row.text)")
  } catch {
    expectNoDifference(error.description, row.error)
  }
}

@Test func `says what to do when the program was moved without its folder`() {
  let error = DailyPricesError(line: 0, .resourceMissing("tocsin_TocsinPaper.resources/x.csv"))
  #expect(
    error.description == "the daily prices tocsin_TocsinPaper.resources/x.csv are not beside the "
      + "program; move that folder along with it"
  )
}
