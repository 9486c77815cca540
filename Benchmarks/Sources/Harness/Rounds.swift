public import ReferenceGraph

/// The samples of one variant: one per round, in the order of the rounds.
public struct Series: Sendable {
  /// What was measured.
  public let variant: Variant
  /// One sample per round.
  public var samples: [Sample] = []
  /// The heap allocations of one run; nil when they were not counted.
  public var allocations: Allocations?
}

/// Measures variants in turn: each round runs each variant once, so the samples of one round can be
/// compared in pairs. What disturbs the machine for a while then disturbs all of them.
public struct Rounds: Sendable {
  /// How many rounds are measured.
  public let count: Int

  /// Makes a measurement of `count` rounds, at least one.
  public init(_ count: Int) { self.count = max(1, count) }

  /// One round to warm up, one to count allocations, then the timed ones. Each round begins with
  /// another variant.
  ///
  /// - Throws: What a variant throws, and ``Disagreement`` when outcomes differ.
  public func measure(_ variants: [Variant], on workload: Workload) async throws -> [Series] {
    let runs = try variants.map { try $0.prepare(workload) }
    var series = variants.map { Series(variant: $0) }
    for run in runs { _ = try await run() }
    for index in runs.indices {
      series[index].allocations = try await Allocations.count(runs[index])
    }
    for round in 0..<count {
      for turn in runs.indices {
        let index = (round + turn) % runs.count
        series[index].samples.append(try await Sample.take(runs[index]))
      }
    }
    try Disagreement.check(series, on: workload)
    return series
  }
}
