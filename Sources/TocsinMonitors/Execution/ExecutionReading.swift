public import Tocsin

/// What of the execution is measured.
public enum ExecutionMetric: String, CaseIterable, Hashable, Codable, Sendable {
  /// Completely filled orders ÷ ended orders, over the look-back. 0…1.
  case fillRate
  /// Filled ÷ ordered quantity, per order, averaged over the look-back; a partly filled order
  /// counts in part. 0…1.
  case filledShare
  /// Slippage per order, every order counted alike. A fraction; positive is worse on both sides.
  case slippage
  /// Slippage weighted by value: Σ cost ÷ Σ value at the decision price. Overall it only means
  /// something when all symbols are quoted in one currency.
  case weightedSlippage
  /// Mean seconds from signal to submit.
  case timeToSubmit
  /// Mean seconds from submit to the last fill, of completely filled orders.
  case timeToFill
  /// Rejected ÷ ended orders. 0…1.
  case rejectionRate
}

/// One metric of the execution, of one symbol or of all.
public struct ExecutionReading: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Names one metric of one symbol.
  public struct Key: Hashable, Codable, Sendable {
    /// What is measured.
    public var metric: ExecutionMetric
    /// The symbol; empty for all of them.
    public var symbol: String
  }

  /// What is measured.
  public var metric: ExecutionMetric
  /// The symbol; empty for all of them.
  public var symbol: String
  /// The number, or why there is none.
  public var value: Measured
  /// How many orders it stands on.
  public var samples: Int
  /// Firing when it breaks its limit.
  public var phase: Phase

  /// Makes a reading.
  public init(
    metric: ExecutionMetric,
    symbol: String,
    value: Measured,
    samples: Int,
    phase: Phase
  ) {
    self.metric = metric
    self.symbol = symbol
    self.value = value
    self.samples = samples
    self.phase = phase
  }

  /// The metric and the symbol.
  public var key: Key { Key(metric: metric, symbol: symbol) }

  /// The same as an alert: `execution.slippage` and the like, about the symbol.
  public var alert: Alert {
    let number = value.number.map { "\($0)" } ?? "undefined"
    return Alert(
      "execution.\(metric.rawValue)",
      .warning,
      subject: symbol,
      message: "\(metric.rawValue) is \(number) over \(samples) orders.",
      value: value.number,
      phase: phase
    )
  }
}
