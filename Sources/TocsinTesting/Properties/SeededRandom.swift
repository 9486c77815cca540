internal import Tocsin

/// Random numbers that are the same on every machine for the same seed: SplitMix64 (Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", 2014).
///
/// Its own draws (``number(in:)``, ``pick(_:)``, ``chance(_:in:)``) do not go through the standard
/// library's, so that a seed in an old failure still means the same stream.
public struct SeededRandom: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// Makes a generator. Every seed is a good one, also 0.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of a range, each as likely as the others up to one part in 2^64 of the width.
  public mutating func number(in range: ClosedRange<Int>) -> Int {
    let width = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
    let draw = next()
    let offset = width == 0 ? draw : draw.multipliedFullWidth(by: width).high
    return range.lowerBound &+ Int(truncatingIfNeeded: offset)
  }

  /// A number from the lower bound up to, but not with, the upper bound of a finite range.
  public mutating func number(in range: Range<Double>) -> Double {
    let share = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + (range.upperBound - range.lowerBound) * share
  }

  /// A duration of a range, in whole nanoseconds.
  public mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    let (low, high) = (range.lowerBound.wholeNanoseconds, range.upperBound.wholeNanoseconds)
    return .nanoseconds(Int64(number(in: Int(low)...Int(high))))
  }

  /// One of the choices, which must not be empty. Name one twice to make it twice as likely.
  public mutating func pick<Element>(_ choices: [Element]) -> Element {
    precondition(!choices.isEmpty, "SeededRandom.pick(_:) was given nothing to choose from.")
    return choices[number(in: 0...(choices.count - 1))]
  }

  /// True so many times out of so many: `chance(1, in: 4)`.
  public mutating func chance(_ times: Int, in total: Int) -> Bool {
    number(in: 1...max(1, total)) <= times
  }

  /// A number from 0 up to, but not with, a limit: the draw behind the seeds of schedules.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// A generator of its own, so that what it draws does not move the draws that follow here.
  public mutating func split() -> SeededRandom { SeededRandom(seed: next()) }
}

extension SeededRandom {
  /// The doubles that break arithmetic: not a number, the infinities, both zeros, the largest and
  /// the smallest, and neighbours of one and of 2^53.
  public static let extremeDoubles: [Double] = [
    .nan, .infinity, -.infinity, 0, -0.0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    .leastNonzeroMagnitude, .leastNormalMagnitude, 1, 1.0.nextUp, 1.0.nextDown, 0x1p53, 0x1p53 + 2,
  ]

  /// The whole numbers that break arithmetic: both ends, zero and its neighbours.
  public static let extremeInts: [Int] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]

  /// A number of a range, and one time in so many one of ``extremeDoubles``.
  public mutating func price(in range: Range<Double>, extremeOneIn: Int = 20) -> Double {
    chance(1, in: extremeOneIn) ? pick(Self.extremeDoubles) : number(in: range)
  }
}
