import Tocsin

/// One trading day or week as it goes on: where it began, and its highest.
struct PeriodTrack: Hashable, Codable, Sendable {
  private(set) var bounds: Range<Instant>
  private(set) var startIndex = 1.0
  private(set) var highIndex = 1.0
  private(set) var startEquity = ExactAmount.zero
  private(set) var startDeposits = ExactAmount.zero
  private(set) var realised = ExactAmount.zero
  /// Whether a mark came that can be compared with the start.
  private(set) var hasMoved = false
  /// Whether something was paid in or out since the start.
  private(set) var hasFlow = false

  init(_ bounds: Range<Instant>) { self.bounds = bounds }

  /// Begins the period that has these bounds, where the last mark left off.
  mutating func begin(_ bounds: Range<Instant>, from wealth: WealthIndex) {
    self = PeriodTrack(bounds)
    start(from: wealth)
  }

  /// Takes where the last mark left off, or the first mark, as the start.
  mutating func start(from wealth: WealthIndex) {
    startIndex = wealth.value
    highIndex = wealth.value
    startEquity = wealth.equity
    startDeposits = wealth.deposits
    hasMoved = false
    hasFlow = false
  }

  /// Begins anew after everything was lost; what was earned since the start stays.
  mutating func restart() {
    startIndex = 1
    highIndex = 1
    hasMoved = false
    hasFlow = true
  }

  mutating func mark(_ wealth: WealthIndex) {
    hasMoved = true
    hasFlow = hasFlow || wealth.deposits != startDeposits
    highIndex = max(highIndex, wealth.value)
  }

  mutating func realise(_ profit: ExactAmount) {
    realised = realised.adding(profit) ?? realised
  }

  /// The return since the start, without what was paid in or out; nil when there was no capital then.
  func growth(to wealth: WealthIndex) -> Double? {
    guard startIndex > 0 else { return nil }
    if !hasFlow, startEquity > .zero, let gain = wealth.equity.subtracting(startEquity) {
      return gain.double / startEquity.double
    }
    return wealth.value / startIndex - 1
  }

  /// What was earned since the start, without what was paid in or out.
  func profit(to wealth: WealthIndex) -> ExactAmount {
    let paid = wealth.deposits.subtracting(startDeposits) ?? .zero
    return wealth.equity.subtracting(startEquity)?.subtracting(paid) ?? .zero
  }

  func drawdown(to wealth: WealthIndex) -> Measured {
    guard let growth = growth(to: wealth) else { return .undefined(.ruined) }
    return .finite(min(growth, 0))
  }

  func drawdownFromHigh(to wealth: WealthIndex) -> Measured {
    guard highIndex > 0 else { return .undefined(.ruined) }
    return .finite(min(wealth.value / highIndex - 1, 0))
  }
}
