import Tocsin

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same numbers everywhere.
struct RuleRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  /// Moments whose gaps lie on and next to the boundaries of `durations`.
  mutating func moments<Input>(
    _ count: Int,
    around durations: [Int64],
    _ input: (inout Self) -> Input
  ) -> [(Int64, Input)] {
    let gaps = durations.flatMap { [$0 - 1, $0, $0 + 1] }.filter { $0 >= 0 } + [0, 0, 1, 1, 2, 40]
    var time = Int64.random(in: -50...50, using: &self)
    return (0..<count).map { _ in
      time += pick(gaps)
      return (time, input(&self))
    }
  }

  mutating func alert() -> RuleAlert {
    let phase: Phase = pick([.firing, .firing, .firing, .firing, .resolved])
    return RuleAlert(pick(Severity.allCases), phase, pick([1, 1, 1, 2, 5]))
  }
}

/// A small alert that reads well in a list: `warning`, `warning*3`, `warning.resolved`.
struct RuleAlert: Alerting, Hashable, Codable, CustomStringConvertible {
  var key: Int { 0 }
  var severity: Severity
  var phase: Phase
  var occurrences: Int

  init(_ severity: Severity, _ phase: Phase = .firing, _ occurrences: Int = 1) {
    self.severity = severity
    self.phase = phase
    self.occurrences = occurrences
  }

  var description: String {
    "\(severity)" + (occurrences == 1 ? "" : "*\(occurrences)")
      + (phase == .resolved ? ".resolved" : "")
  }

  static let info = RuleAlert(.info)
  static let warning = RuleAlert(.warning)
  static let error = RuleAlert(.error)
  static let critical = RuleAlert(.critical)
  static let resolved = RuleAlert(.info, .resolved)
}
