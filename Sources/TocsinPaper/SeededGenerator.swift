/// SplitMix64: random numbers that are the same for the same seed on every machine.
///
/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014. Draws are made
/// by the methods here and not by those of the standard library, whose way of drawing may change.
struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// An independent generator for a part of the work, so that a change in one part does not change
  /// the others.
  init(seed: UInt64, part: Int, of kind: UInt64) {
    var mixer = SeededGenerator(seed: seed ^ kind &* 0xD6E8_FEB8_6659_FD93)
    let base = mixer.next()
    state = base ^ UInt64(truncatingIfNeeded: part) &* 0x9E37_79B9_7F4A_7C15
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number of the range. The bias is below one in 2^40 for ranges of fewer than 2^24 numbers.
  mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int64(next().multipliedFullWidth(by: width).high)
  }

  /// True that often of 1000 times.
  mutating func chance(perMille: Int64) -> Bool { number(0...999) < perMille }
}
