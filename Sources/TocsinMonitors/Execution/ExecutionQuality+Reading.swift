public import Tocsin

extension ExecutionQuality {
  /// One metric as it is at `now`. Undefined with its reason where there is no number.
  public mutating func reading(
    _ metric: ExecutionMetric,
    of scope: ExecutionScope = .overall,
    at now: Instant
  ) -> ExecutionReading {
    forget(at: now)
    defer { plan() }
    guard let place = place(of: scope) else {
      let none = Measured.undefined(.noData)
      return ExecutionReading(
        metric: metric,
        scope: scope,
        value: none,
        samples: 0,
        phase: .resolved
      )
    }
    return reading(metric, place)
  }

  /// All metrics as they are at `now`.
  public mutating func readings(
    of scope: ExecutionScope = .overall,
    at now: Instant
  ) -> [ExecutionReading] {
    ExecutionMetric.allCases.map { reading($0, of: scope, at: now) }
  }

  /// The value below which a fraction of the orders lies: of slippage or filled share as a fraction,
  /// of a time in seconds. Exact; between two orders by straight line, as numpy has it.
  ///
  /// The first question about a figure of a scope sorts its numbers; from then on they are kept in
  /// order, O(log n) an order. Ratios and rates have no quantile (`tooFew`), nor has a fraction
  /// outside 0…1.
  public mutating func quantile(
    _ fraction: Double,
    of metric: ExecutionMetric,
    in scope: ExecutionScope = .overall,
    at now: Instant
  ) -> Measured {
    forget(at: now)
    defer { plan() }
    guard let place = place(of: scope) else { return .undefined(.noData) }
    guard let mean = metric.mean, fraction >= 0, fraction <= 1 else { return .undefined(.tooFew) }
    if let value = scopes[place].quantile(fraction, of: mean, in: pool) { return .value(value) }
    return scopes[place].value(of: metric, in: pool).value
  }

  /// All times of one leg since the start, of all orders; nil when the metric is no time.
  public func latency(of metric: ExecutionMetric) -> LatencyDistribution? {
    metric.mean.flatMap { MeanFigure.legs.firstIndex(of: $0) }.map { distributions[$0] }
  }

  /// The scopes that have figures, by name.
  public var listedScopes: [ExecutionScope] {
    [.overall, .side(.buy), .side(.sell)]
      + venues.keys.sorted().map(ExecutionScope.venue)
      + symbols.keys.sorted().map(ExecutionScope.symbol)
  }

  func reading(_ metric: ExecutionMetric, _ place: Int) -> ExecutionReading {
    let (value, samples) = scopes[place].value(of: metric, in: pool)
    let isBroken = value.number.map { limits.isBroken(metric, by: $0) } ?? false
    return ExecutionReading(
      metric: metric,
      scope: scopes[place].scope,
      value: value,
      samples: samples,
      phase: isBroken && samples >= limits.minimumSamples ? .firing : .resolved
    )
  }

  private func place(of scope: ExecutionScope) -> Int? {
    switch scope {
    case .overall: 0
    case .side(let side): side == .buy ? 1 : 2
    case .symbol(let symbol): symbols.state(of: symbol)
    case .venue(let venue): venues.state(of: venue)
    }
  }
}
