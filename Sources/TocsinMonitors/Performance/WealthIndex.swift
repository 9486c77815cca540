/// What one unit of money, there from the start, has become, whatever was paid in or out.
///
/// Between two flows it is the equity in proportion to that after the last flow, so it gathers no
/// rounding errors. While the equity is not above zero nothing can be measured against it; then the
/// last equity that was counts on. An account that lost everything and was filled again starts anew
/// at 1.
struct WealthIndex: Hashable, Codable, Sendable {
  /// What a mark did.
  enum Step: Hashable {
    /// It was the first one with money.
    case started
    /// It moved the index.
    case moved
    /// Everything had been lost, down to this index, and there is money again.
    case restarted(from: Double)
    /// There has never been money.
    case withoutCapital
  }

  private(set) var value = 1.0
  private(set) var equity = ExactAmount.zero
  private(set) var deposits = ExactAmount.zero
  /// How often it began anew.
  private(set) var restarts = 0
  private var base: Base?

  private struct Base: Hashable, Codable {
    var equity: ExactAmount
    var deposits: ExactAmount
    var value: Double
  }

  /// Whether there has been money.
  var hasCapital: Bool { base != nil }

  /// Takes a mark. O(1), no allocation.
  mutating func mark(_ equity: ExactAmount, _ deposits: ExactAmount) -> Step {
    let isFlow = deposits != self.deposits
    if isFlow, self.equity > .zero, value > 0 { rebase() }
    self.equity = equity
    self.deposits = deposits
    guard let base else { return start() }
    let growth = Self.growth(of: base, to: equity, deposits)
    value = base.value * growth
    guard equity > .zero else { return .moved }
    guard value > 0, value.isFinite else { return restart() }
    if deposits != base.deposits { rebase() }
    return .moved
  }

  /// The equity without what was paid in since the base, in proportion to the base.
  private static func growth(
    of base: Base,
    to equity: ExactAmount,
    _ deposits: ExactAmount
  ) -> Double {
    guard let paid = deposits.subtracting(base.deposits), let own = equity.subtracting(paid) else {
      return (equity.double - (deposits.double - base.deposits.double)) / base.equity.double
    }
    return own.double / base.equity.double
  }

  private mutating func rebase() {
    base = Base(equity: equity, deposits: deposits, value: value)
  }

  private mutating func start() -> Step {
    guard equity > .zero else { return .withoutCapital }
    rebase()
    return .started
  }

  private mutating func restart() -> Step {
    let last = value
    value = 1
    restarts += 1
    rebase()
    return .restarted(from: last)
  }
}
