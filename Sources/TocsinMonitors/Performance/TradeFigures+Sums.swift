extension TradeFigures {
  /// The figures of some trades.
  init(_ sums: ReturnSums, sorted: SortedWindow? = nil, _ basis: ReturnBasis) {
    func figure(_ measured: Measured) -> PerformanceFigure {
      let convention = Convention(series: .trades, window: basis.window, samples: sums.count)
      return PerformanceFigure(measured, convention)
    }
    count = sums.count
    wins = sums.wins
    losses = sums.losses
    winRate = figure(sums.winRate)
    profitFactor = figure(sums.profitFactor)
    expectancy = figure(sums.expectancy)
    averageWin = figure(sums.averageWin)
    averageLoss = figure(sums.averageLoss)
    payoffRatio = figure(sums.payoffRatio)
    returns = ReturnFigures(sums, sorted: sorted, basis)
  }
}

extension ReturnSums {
  private var decided: Int { wins + losses }

  var winRate: Measured {
    decided > 0 ? .value(Double(wins) / Double(decided)) : .undefined(.noData)
  }

  var profitFactor: Measured {
    guard decided > 0 else { return .undefined(.noData) }
    return losses > 0 ? .finite(won.value / lost.value) : .undefined(.noLosses)
  }

  /// p · (won ÷ wins) - (1 - p) · (lost ÷ losses) with p = wins ÷ decided is (won - lost) ÷ decided.
  var expectancy: Measured {
    guard decided > 0 else { return .undefined(.noData) }
    return .finite(((won - lost) / Double(decided)).value)
  }

  var averageWin: Measured {
    guard wins > 0 else { return .undefined(decided > 0 ? .noWins : .noData) }
    return .finite((won / Double(wins)).value)
  }

  var averageLoss: Measured {
    guard losses > 0 else { return .undefined(decided > 0 ? .noLosses : .noData) }
    return .finite((lost / Double(losses)).value)
  }

  var payoffRatio: Measured {
    averageWin.flatMap { win in averageLoss.map { win / $0 } }
  }
}
