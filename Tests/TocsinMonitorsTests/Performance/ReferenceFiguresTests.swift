import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// Real series against figures that were computed with 60 digits, in Python with `fractions` and
/// `mpmath`, from the decimal prices P as they stand in the files:
///
///     r = P[t] / P[t-1] - 1                       n of them, N = 252, m = Σ r / n
///     sd = sqrt(Σ (r - m)² / (n - 1))             sharpe = m / sd √N, volatility = sd √N
///     dd = sqrt(Σ min(r, 0)² / n)                 sortino = m / dd √N
///     maxDrawdown = min P[t] / max(P[..t]) - 1    growth = (P[n] / P[0])^(N / n) - 1
///     calmar = growth / -maxDrawdown              skewness g, kurtosis k: of the population
///     psr = Φ(s sqrt(n - 1) / sqrt(1 - g s + (k - 1) / 4 s²)), s = m / sd
///     valueAtRisk = numpy.percentile(r[-100:], 5), expectedShortfall = mean of r at or below it
///
/// The first three agree with shared figures that two public libraries give, to their six digits.
struct ReferenceFiguresTests {
  struct Reference: CustomTestStringConvertible, Sendable {
    var name: String
    var prices: @Sendable () throws -> [PriceFiles.Price]
    var count: Int
    var figures: [String: Double]

    var testDescription: String { name }
  }

  @Test(arguments: stocks) func `figures of stocks agree to twelve digits`(
    reference: Reference
  ) throws {
    try check(reference)
  }

  @Test(
    .enabled(
      if: PriceFiles.isPresent(PriceFiles.arch),
      "\(PriceFiles.comment)\(PriceFiles.missing)"
    )
  )
  func `figures of the S&P 500 from 1999 agree to twelve digits`() throws {
    try check(Self.arch)
  }

  @Test(
    .enabled(
      if: PriceFiles.isPresent(PriceFiles.skfolio),
      "\(PriceFiles.comment)\(PriceFiles.missing)"
    )
  )
  func `figures of the S&P 500 from 1990 agree to twelve digits`() throws {
    try check(Self.skfolio)
  }

  private func check(_ reference: Reference) throws {
    let prices = try reference.prices()
    let equity = try #require(try Self.equity(of: prices))
    #expect(equity.total.count == reference.count)
    #expect(equity.recent.count == 100)
    let seen = figures(equity)
    for (name, expected) in reference.figures.sorted(by: { $0.key < $1.key }) {
      let number = try #require(seen[name]?.number, "\(name)")
      #expect(abs(number / expected - 1) < 1e-12, "\(name) is \(number), not \(expected)")
    }
  }

  /// Marks each price at the close in New York.
  static func equity(of prices: [PriceFiles.Price]) throws -> EquityPerformance? {
    let calendar = try TradingCalendar.usEquities()
    var book = PerformanceBook(PerformanceKey(.live), calendar: calendar)
    for price in prices {
      let close = calendar.instant(of: price.date, at: .hours(16))
      _ = book.receive(EquityMark(mode: .live, equity: price.price), at: close)
    }
    _ = book.advance(to: book.nextBoundary)
    return book.snapshot().equity
  }

  private func figures(_ equity: EquityPerformance) -> [String: PerformanceFigure] {
    [
      "sharpe": equity.total.sharpe, "sortino": equity.total.sortino,
      "volatility": equity.total.annualVolatility, "maxDrawdown": equity.drawdown.maximum,
      "growth": equity.annualGrowth, "calmar": equity.calmar,
      "skewness": equity.total.skewness, "kurtosis": equity.total.kurtosis,
      "psr": equity.total.probabilisticSharpe, "recentSharpe": equity.recent.sharpe,
      "recentSortino": equity.recent.sortino, "valueAtRisk": equity.recent.valueAtRisk,
      "expectedShortfall": equity.recent.expectedShortfall,
    ]
  }

  static let stocks = [
    Reference(
      name: "AAPL",
      prices: { try PriceFiles.stock("AAPL") },
      count: 3269,
      figures: [
        "sharpe": 0.6784016714847051, "sortino": 0.9549721709296914,
        "maxDrawdown": -0.8180178930577697, "growth": 0.22153957597128088,
        "calmar": 0.27082485340652, "volatility": 0.4596427686337501,
        "skewness": -1.719628096223256, "kurtosis": 37.14206830152247,
        "psr": 0.9903581949680602, "recentSharpe": -2.649140744636752,
        "recentSortino": -3.23004475420382, "valueAtRisk": -0.036052161232777914,
        "expectedShortfall": -0.059966952928945945,
      ]
    ),
    Reference(
      name: "IBM",
      prices: { try PriceFiles.stock("IBM") },
      count: 3269,
      figures: [
        "sharpe": 0.3785099255310537, "sortino": 0.5519180112509338,
        "maxDrawdown": -0.5831391256460627, "growth": 0.06910020455681894,
        "calmar": 0.11849694441315779, "volatility": 0.2798475080872548,
        "skewness": 0.19388962247282074, "kurtosis": 10.178502473790417,
        "psr": 0.9139264083712229, "recentSharpe": -0.327114189887622,
        "recentSortino": -0.4538002445973992, "valueAtRisk": -0.015712527933923248,
        "expectedShortfall": -0.026056691281908805,
      ]
    ),
  ]

  static let arch = Reference(
    name: "S&P 500 from 1999",
    prices: { try PriceFiles.archIndex() },
    count: 5030,
    figures: [
      "sharpe": 0.28273922904460563, "sortino": 0.39861402985639516,
      "maxDrawdown": -0.5677538775030553, "growth": 0.03639554326851771,
      "calmar": 0.06410443805083807, "volatility": 0.19098207141371268,
      "skewness": -0.020482927649560688, "kurtosis": 11.336117913791684,
      "psr": 0.8965832130325031, "recentSharpe": -1.6136924399864134,
      "recentSortino": -2.1082460121810835, "valueAtRisk": -0.020900812555680787,
      "expectedShortfall": -0.02930518770890983,
    ]
  )

  static let skfolio = Reference(
    name: "S&P 500 from 1990",
    prices: { try PriceFiles.skfolioIndex() },
    count: 8312,
    figures: [
      "sharpe": 0.48161858185307455, "sortino": 0.6798458788186313,
      "maxDrawdown": -0.5677538894035715, "growth": 0.07394632538784827,
      "calmar": 0.13024362627533784, "volatility": 0.18296021520513983,
      "skewness": -0.18027907087842968, "kurtosis": 13.376306208180116,
      "psr": 0.9970602320345978, "recentSharpe": -0.8282409240847256,
      "recentSortino": -1.2047462724845148, "valueAtRisk": -0.02372565326069981,
      "expectedShortfall": -0.030970353230587885,
    ]
  )
}
