import Tocsin

/// All that a performance book knows, to be saved and restored: after a crash the peak of the equity
/// must still be known.
///
/// Coded in tens of kilobytes: the last so many trades and days, and ids. A restored book goes on
/// where the saved one was; figures may differ in the last digit.
public struct PerformanceMemory: Codable, Sendable {
  /// Whose performance it is.
  public let key: PerformanceKey
  let settings: PerformanceSettings
  let refused: PerformanceRefusals
  let latest: Instant?
  let ids: [String]
  let trades: TradeTrack
  let account: AccountTrack?
  let day: PeriodTrack
  let week: PeriodTrack
  let told: Instant?
}

extension ReturnSeries: Codable {
  private enum CodingKeys: String, CodingKey { case total, recent, window, minimum }

  /// Reads the sums of all, and appends the last ones anew.
  init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      window: try box.decode(Int.self, forKey: .window),
      minimumAcceptableReturn: try box.decode(Double.self, forKey: .minimum)
    )
    for sample in try box.decode([ReturnSample].self, forKey: .recent) { append(sample) }
    total = try box.decode(ReturnSums.self, forKey: .total)
  }

  /// Writes the sums of all, and the last ones.
  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(total, forKey: .total)
    try box.encode(Array(samples), forKey: .recent)
    try box.encode(samples.capacity, forKey: .window)
    try box.encode(minimumAcceptableReturn, forKey: .minimum)
  }
}
