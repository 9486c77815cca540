/// What became of the lines of a recording. Every line is in exactly one of `skipped`, `accepted`
/// and `refused`.
public struct IntakeCounts: Hashable, Sendable, CustomStringConvertible {
  /// Lines read, also empty ones.
  public internal(set) var lines = 0
  /// Lines that carry no event: empty lines, comments, headers, venue messages without a price.
  public internal(set) var skipped = 0
  /// Lines that became events.
  public internal(set) var accepted = 0
  /// Accepted lines that were behind, within the tolerance, and were delivered later than they say.
  public internal(set) var lifted = 0
  /// Lines that were refused, by the kind of fault.
  public internal(set) var refusedByCode: [LineError.Code: Int] = [:]

  /// Makes counts of zero.
  public init() {}

  /// Lines that were refused.
  public var refused: Int { refusedByCode.values.reduce(0, +) }

  /// `12 lines: 9 accepted, 1 skipped, 2 refused (1 duplicate, 1 out of order)`.
  public var description: String {
    let noun = lines == 1 ? "line" : "lines"
    let words = "\(lines) \(noun): \(accepted) accepted, \(skipped) skipped, \(refused) refused"
    let reasons = LineError.Code.allCases.compactMap { code in
      refusedByCode[code].map { "\($0) \(code)" }
    }
    return reasons.isEmpty ? words : words + " (" + reasons.joined(separator: ", ") + ")"
  }
}
