extension Collection<Double> {
  /// The middle value, or the mean of the two in the middle; 0 when there is none.
  var median: Double {
    let sorted = self.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

/// How one variant's cost compares with another's, from the rounds both ran in.
public struct Ratio: Sendable {
  /// The median of the rounds' ratios.
  public let median: Double
  /// The smallest and the largest of them.
  public let range: ClosedRange<Double>

  /// The CPU time of `series` divided by that of `other`, round by round.
  public init(_ series: Series, to other: Series) {
    let ratios = zip(series.samples, other.samples).map { $0.cpu / $1.cpu }
    median = ratios.median
    range = (ratios.min() ?? 0)...(ratios.max() ?? 0)
  }
}
