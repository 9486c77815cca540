public import Tocsin

/// A number, or why there is none. Never zero, infinite or NaN in place of none.
public enum Measured: Hashable, Codable, Sendable {
  /// The number.
  case value(Double)
  /// There is none.
  case undefined(Cause)

  /// Why there is no number.
  public enum Cause: String, CaseIterable, Hashable, Codable, Sendable {
    /// Nothing was measured within the look-back.
    case noData
    /// What it would be divided by is zero or less.
    case zeroBase
    /// No quote of the symbol was seen.
    case noQuote
    /// The last quote of the symbol was too old.
    case staleQuote
    /// The last quote had one side only, or its ask below its bid.
    case crossedQuote
    /// The orders have no such price: no decision price, or no limit.
    case noReference
    /// Nothing was traded.
    case noFills
    /// The quantity or the side is not known, because the signal was not seen.
    case noSignal
    /// The venue did not say what the fills cost.
    case noFees
    /// Fees are in a currency that is not that of the price, or it is not known which that is.
    case otherCurrency
    /// The steps that begin and end it were not both seen, in order.
    case noStep
    /// Fewer values than it needs.
    case tooFew
  }

  /// The number, if there is one.
  public var number: Double? { if case .value(let number) = self { number } else { nil } }
}

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
