import TocsinTesting

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same numbers everywhere.
struct KitRandom: RandomNumberGenerator {
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

  /// Values whose offsets are close together, sometimes with an end.
  mutating func timeline(upTo count: Int) -> EventTimeline<Int> {
    var offset = Duration.zero
    var moments: [Moment<Int>] = []
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      offset += .seconds(pick([0, 0, 1, 1, 2]))
      moments.append(Moment(.value(Int.random(in: 0...3, using: &self)), at: offset))
    }
    if pick([true, false]) { moments.append(Moment(.end, at: offset + .seconds(pick([0, 1])))) }
    return EventTimeline(moments)
  }
}
