/// Figures of returns, formed anew each time, as the formulas say.
struct NaiveReturns {
  var values: [Double]
  var profits: [Double]

  private var count: Double { Double(values.count) }
  private var mean: Double { Self.sum(values) / count }
  private var isConstant: Bool { Set(values).count <= 1 }

  private func moment(_ power: Int) -> Double {
    let mean = mean
    return Self.sum(
      values.map { value in (0..<power).reduce(1.0) { product, _ in product * (value - mean) } }
    )
  }

  private var deviation: Double? {
    guard values.count >= 2, !isConstant else { return nil }
    return (moment(2) / (count - 1)).squareRoot()
  }

  func sharpe(_ periods: Double) -> Double? {
    deviation.map { mean / $0 * periods.squareRoot() }
  }

  func volatility(_ periods: Double) -> Double? { deviation.map { $0 * periods.squareRoot() } }

  func sortino(_ periods: Double) -> Double? {
    let squares = Self.sum(values.map { min($0, 0) * min($0, 0) })
    guard values.count >= 2, squares > 0 else { return nil }
    return mean / (squares / count).squareRoot() * periods.squareRoot()
  }

  var skewness: Double? {
    guard values.count >= 3, !isConstant else { return nil }
    let variance = moment(2) / count
    return moment(3) / count / (variance * variance.squareRoot())
  }

  var kurtosis: Double? {
    guard values.count >= 4, !isConstant else { return nil }
    let variance = moment(2) / count
    return moment(4) / count / (variance * variance)
  }

  var valueAtRisk: Double? {
    guard values.count >= 20 else { return nil }
    let sorted = values.sorted()
    let place = 0.05 * Double(sorted.count - 1)
    let low = Int(place)
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - Double(low))
  }

  private var won: [Double] { profits.filter { $0 > 0 } }
  private var lost: [Double] { profits.filter { $0 < 0 }.map { -$0 } }

  var winRate: Double? {
    let decided = won.count + lost.count
    return decided > 0 ? Double(won.count) / Double(decided) : nil
  }

  var profitFactor: Double? { lost.isEmpty ? nil : Self.sum(won) / Self.sum(lost) }

  var expectancy: Double? {
    winRate.map { rate in
      let win = won.isEmpty ? 0 : Self.sum(won) / Double(won.count)
      let loss = lost.isEmpty ? 0 : Self.sum(lost) / Double(lost.count)
      return rate * win - (1 - rate) * loss
    }
  }

  /// Compensated. *(Neumaier 1974)*
  static func sum(_ values: [Double]) -> Double {
    var (sum, rest) = (0.0, 0.0)
    for value in values {
      let next = sum + value
      rest += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum + rest
  }
}
