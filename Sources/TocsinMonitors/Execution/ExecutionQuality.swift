public import Tocsin

/// How well orders are executed: their life cycles, and rolling figures overall and per symbol.
///
/// An order enters the figures once, when it ends. What is filled afterwards is counted in its
/// record and reported as a finding, but the figures stay as they were. O(1) an event, apart from
/// the first order of a symbol; memory is bounded by the limits.
public struct ExecutionQuality: Sendable {
  /// The limits and look-backs.
  public let limits: ExecutionLimits
  /// The orders.
  public private(set) var orders: OrderLedger
  /// Ended orders that only count overall because there are too many symbols.
  public private(set) var unlistedCount = 0
  private var overall: TradeWindow
  private var symbols: [String: TradeWindow] = [:]

  /// Makes figures without orders.
  public init(_ limits: ExecutionLimits = ExecutionLimits(), openLimit: Int = 10_000) {
    self.limits = limits
    orders = OrderLedger(openLimit: openLimit)
    overall = TradeWindow(limits)
  }

  /// Takes one event. When it ended an order, readings have changed: ask for them.
  public mutating func receive(_ event: OrderEvent, at now: Instant) -> OrderLedger.Outcome {
    let outcome = orders.receive(event, at: now)
    if let ended = outcome.ended { append(ended, at: now) }
    return outcome
  }

  /// One metric as it is at `now`, of one symbol, or of all when `symbol` is empty.
  public mutating func reading(
    _ metric: ExecutionMetric,
    symbol: String = "",
    at now: Instant
  ) -> ExecutionReading {
    let found = measure(metric, symbol, at: now)
    let isBroken = found.value.number.map { limits.isBroken(metric, by: $0) } ?? false
    return ExecutionReading(
      metric: metric,
      symbol: symbol,
      value: found.value,
      samples: found.samples,
      phase: isBroken && found.samples >= limits.minimumSamples ? .firing : .resolved
    )
  }

  /// All metrics as they are at `now`, of one symbol, or of all when `symbol` is empty.
  public mutating func readings(symbol: String = "", at now: Instant) -> [ExecutionReading] {
    ExecutionMetric.allCases.map { reading($0, symbol: symbol, at: now) }
  }

  /// The value below which a fraction of the orders lies: of slippage (a fraction), filled share, or
  /// a time in seconds. Linear interpolation. Nil without data, and for the other metrics.
  /// O(n log n).
  public func quantile(
    _ fraction: Double,
    of metric: ExecutionMetric,
    symbol: String = ""
  ) -> Double? {
    let window = symbol.isEmpty ? overall : symbols[symbol]
    return window?.quantile(fraction, of: metric)
  }

  /// The symbols with figures of their own, sorted.
  public var listedSymbols: [String] { symbols.keys.sorted() }

  private mutating func append(_ order: OrderRecord, at now: Instant) {
    let trade = Trade(order)
    overall.append(trade, at: now)
    guard symbols[order.symbol] != nil || symbols.count < limits.symbolLimit else {
      unlistedCount += 1
      return
    }
    symbols[order.symbol, default: TradeWindow(limits)].append(trade, at: now)
  }

  private mutating func measure(
    _ metric: ExecutionMetric,
    _ symbol: String,
    at now: Instant
  ) -> (value: Measured, samples: Int) {
    guard !symbol.isEmpty else {
      overall.forget(at: now)
      return overall.value(of: metric)
    }
    guard symbols[symbol] != nil else { return (.undefined(.noData), 0) }
    symbols[symbol]?.forget(at: now)
    return symbols[symbol]?.value(of: metric) ?? (.undefined(.noData), 0)
  }
}
