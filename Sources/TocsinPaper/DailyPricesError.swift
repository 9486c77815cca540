/// Why daily prices cannot be read.
public struct DailyPricesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of problem.
  public enum Problem: Hashable, Sendable {
    /// The resource folder is not beside the program. Names the file that is looked for.
    case resourceMissing(String)
    /// The first line is not the header.
    case header
    /// The number of cells of a row.
    case cells(Int)
    /// No day of the calendar between 1700 and 2200.
    case date
    /// The column that holds no price from 0.0001 to below 100,000.
    case number(column: String)
    /// The low is above, or the high below, another price of the day.
    case range
    /// The day is not after the symbol's day before.
    case order
    /// There are no prices.
    case empty
  }

  /// The number of the line, or 0 when it is not about one.
  public var line: Int
  /// What is wrong.
  public var problem: Problem

  /// Makes an error.
  public init(line: Int, _ problem: Problem) {
    self.line = line
    self.problem = problem
  }

  /// One line: what is wrong and what to do.
  public var description: String {
    line == 0 ? words : "daily prices, line \(line): \(words)"
  }

  private var words: String {
    switch problem {
    case .resourceMissing(let file):
      "the daily prices \(file) are not beside the program; move that folder along with it"
    case .header: "the header must be \(DailyPriceRows.header)"
    case .cells(let count): "the row has \(count) cells, not 8; correct the row"
    case .date: "the date is no day of the years 1700 to 2200; write it as 2004-03-01"
    case .number(let column): "\(column) is no price from 0.0001 to below 100,000; correct it"
    case .range: "low and high do not enclose open and close; correct the row"
    case .order: "the day is not after the day before it; sort each symbol by date"
    case .empty: "there are no daily prices; give a file with rows"
    }
  }
}
