/// The moments about the mean of some returns.
struct ReturnMoments {
  let count: Double
  let mean: Double
  /// Σ (return - mean)², or why it says nothing.
  let second: Measured
  private let sums: ReturnSums

  init(_ sums: ReturnSums) {
    self.sums = sums
    count = Double(sums.count)
    mean = sums.count > 0 ? (sums.first / count).value : 0
    second = Self.second(sums)
  }

  /// Constants are told by their extremes: in a sum of squares they may leave a rounding error.
  private static func second(_ sums: ReturnSums) -> Measured {
    guard sums.count >= 2 else { return .undefined(sums.count == 0 ? .noData : .tooFew) }
    guard sums.minimum < sums.maximum else { return .undefined(.zeroVariance) }
    let squares = sums.second - sums.first * (sums.first / Double(sums.count))
    return squares.value > leastSquare ? .value(squares.value) : .undefined(.tooSmall)
  }

  /// The deviation as of a sample.
  var deviation: Measured { second.map { ($0 / (count - 1)).squareRoot() } }

  /// √(Σ min(return - minimum, 0)² ÷ n).
  var downsideDeviation: Measured {
    guard sums.count >= 2 else { return .undefined(sums.count == 0 ? .noData : .tooFew) }
    guard sums.downside.value > 0 else { return .undefined(.noDownside) }
    guard sums.downside.value > Self.leastSquare else { return .undefined(.tooSmall) }
    return .value((sums.downside.value / count).squareRoot())
  }

  /// The third moment, standardised with the deviation of the population.
  var skewness: Measured {
    standardised(3) { mean in
      let cubic = sums.third - mean * sums.second * DoubleDouble(3)
      return cubic + mean * mean * mean * DoubleDouble(2 * count)
    }
  }

  /// The fourth moment, standardised with the deviation of the population.
  var kurtosis: Measured {
    standardised(4) { mean in
      let square = mean * mean
      let quartic = sums.fourth - mean * sums.third * DoubleDouble(4)
      return quartic + square * (sums.second * DoubleDouble(6) - square * DoubleDouble(3 * count))
    }
  }

  private func standardised(
    _ power: Int,
    _ moment: (_ mean: DoubleDouble) -> DoubleDouble
  ) -> Measured {
    guard sums.count > power - 1 else { return .undefined(sums.count == 0 ? .noData : .tooFew) }
    return second.flatMap { second in
      let variance = second / count
      guard variance > 1e-60 else { return .undefined(.tooSmall) }
      let scale = power == 3 ? variance * variance.squareRoot() : variance * variance
      return .finite(moment(sums.first / count).value / count / scale)
    }
  }

  /// Squares below this have lost digits.
  private static let leastSquare = 1e-250
}

extension Measured {
  /// The number changed; undefined stays undefined.
  func map(_ change: (Double) -> Double) -> Measured { flatMap { .finite(change($0)) } }

  /// The number changed, or made undefined.
  func flatMap(_ change: (Double) -> Measured) -> Measured {
    if case .value(let number) = self { change(number) } else { self }
  }
}
