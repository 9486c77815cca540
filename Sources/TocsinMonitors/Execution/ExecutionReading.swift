public import Tocsin

/// One metric of the execution, of one scope.
public struct ExecutionReading: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Names one metric of one scope.
  public struct Key: Hashable, Codable, Sendable {
    /// What is measured.
    public var metric: ExecutionMetric
    /// Of what.
    public var scope: ExecutionScope
  }

  /// What is measured.
  public var metric: ExecutionMetric
  /// Of what.
  public var scope: ExecutionScope
  /// The number, or why there is none.
  public var value: Measured
  /// How many orders it stands on.
  public var samples: Int
  /// Firing when it breaks its limit.
  public var phase: Phase

  /// Makes a reading.
  public init(
    metric: ExecutionMetric,
    scope: ExecutionScope,
    value: Measured,
    samples: Int,
    phase: Phase
  ) {
    self.metric = metric
    self.scope = scope
    self.value = value
    self.samples = samples
    self.phase = phase
  }

  /// The metric and the scope.
  public var key: Key { Key(metric: metric, scope: scope) }

  /// The symbol; empty when it is not of one symbol.
  public var symbol: String { if case .symbol(let symbol) = scope { symbol } else { "" } }

  /// The same as an alert: `execution.slippage` and the like, about the symbol, the side or the
  /// venue.
  public var alert: Alert {
    Alert(
      "execution.\(metric.rawValue)",
      .warning,
      subject: scope.description,
      message: "\(metric.rawValue) is \(words) over \(samples) orders.",
      value: value.number,
      phase: phase
    )
  }

  private var words: String {
    switch value {
    case .value(let number): "\(number)"
    case .undefined(let cause): "undefined (\(cause.rawValue))"
    }
  }
}
