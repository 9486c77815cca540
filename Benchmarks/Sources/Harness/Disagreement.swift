public import ReferenceGraph

/// Two variants of one family, or two runs of one variant, gave different outcomes. Their times
/// mean nothing then.
public struct Disagreement: Error, CustomStringConvertible {
  /// The workload on which they differ.
  public let workload: String
  /// The variant that is taken as right: the first of the family.
  public let reference: String
  /// What it gave.
  public let expected: Outcome
  /// The variant that differs.
  public let variant: String
  /// What that one gave.
  public let found: Outcome

  /// Names both variants and both outcomes.
  public var description: String {
    "On \"\(workload)\" \(variant) gave \(found), but \(reference) gave \(expected). Variants of "
      + "one family must agree; fix the one that is wrong before you compare times."
  }

  /// Runs each variant once on `workload` and compares the outcomes inside each family.
  public static func check(_ variants: [Variant], on workload: Workload) async throws -> Outcome? {
    var series: [Series] = []
    for variant in variants {
      let sample = try await Sample.take(try variant.prepare(workload))
      series.append(Series(variant: variant, samples: [sample]))
    }
    try check(series, on: workload)
    return series.first?.samples.first?.outcome
  }

  static func check(_ series: [Series], on workload: Workload) throws {
    var expected: [String: (name: String, outcome: Outcome)] = [:]
    for one in series {
      for sample in one.samples {
        let family = one.variant.family
        let right = expected[family, default: (one.variant.name, sample.outcome)]
        expected[family] = right
        if right.outcome != sample.outcome {
          throw Disagreement(
            workload: workload.name,
            reference: right.name,
            expected: right.outcome,
            variant: one.variant.name,
            found: sample.outcome
          )
        }
      }
    }
  }
}
