internal import Tocsin

/// Makes streams of events from seeds: the same seed, the same stream, on every machine.
///
/// ```swift
/// let quotes = StreamGenerator(around: .seconds(3)) { $0.pick(["a", "b"]) }
///   .bursts(of: 2...5).duplicates().gaps(of: .hours(1))
/// ```
///
/// Give it the durations of the rule under test. Most bugs of rules in time lie on them: the gaps
/// between events are multiples of these durations, and one nanosecond less and more, and many
/// events share an instant. Disturbances are added one after another; each works on what the ones
/// before it made. Offsets never go back.
public struct StreamGenerator<Value>: Sendable {
  /// Makes one value.
  public typealias MakeValue = @Sendable (inout SeededRandom) -> Value

  let makeValue: MakeValue
  /// Simpler values to try in place of a value while a failure is shrunk, the simplest first.
  private(set) var simplify: @Sendable (Value) -> [Value] = { _ in [] }
  private let makeEvents: @Sendable (inout SeededRandom) -> [Timed<Value>]

  /// Makes a generator from a closure that makes a whole stream.
  ///
  /// - Parameters:
  ///   - makeEvents: Makes the stream. It may draw from the generator it is given, and from nothing
  ///     else.
  ///   - makeValue: Makes one more value, for the disturbances that add events.
  public init(
    events makeEvents: @escaping @Sendable (inout SeededRandom) -> [Timed<Value>],
    value makeValue: @escaping MakeValue
  ) {
    self.makeEvents = makeEvents
    self.makeValue = makeValue
  }

  /// Makes streams whose gaps lie on and next to the borders of a rule's durations.
  ///
  /// - Parameters:
  ///   - count: How many events. One stream in eight is as short as allowed (empty, for `0...`), one
  ///     in eight as long.
  ///   - durations: The durations of the rule.
  ///   - makeValue: Makes one value. NaN and other extreme values come from here:
  ///     ``SeededRandom/price(in:extremeOneIn:)``.
  public init(
    count: ClosedRange<Int> = 0...40,
    around durations: Duration...,
    value makeValue: @escaping MakeValue
  ) {
    self.init(count: count, around: durations, value: makeValue)
  }

  /// Makes streams whose gaps lie on and next to the borders of a list of durations.
  ///
  /// - Parameters:
  ///   - count: How many events.
  ///   - durations: The durations of the rule.
  ///   - makeValue: Makes one value.
  public init(
    count: ClosedRange<Int> = 0...40,
    around durations: [Duration],
    value makeValue: @escaping MakeValue
  ) {
    let gaps = BorderGaps(durations.map(\.wholeNanoseconds))
    self.init(
      events: { random in
        let count = Self.size(in: count, &random)
        return gaps.instants(count, &random).map { Timed(.nanoseconds($0), makeValue(&random)) }
      },
      value: makeValue
    )
  }

  private static func size(in range: ClosedRange<Int>, _ random: inout SeededRandom) -> Int {
    switch random.number(in: 0...7) {
    case 0: range.lowerBound
    case 1: range.upperBound
    default: random.number(in: range)
    }
  }

  /// The stream of a seed.
  public func stream(seed: UInt64) -> [Timed<Value>] {
    var random = SeededRandom(seed: seed)
    return makeEvents(&random)
  }

  /// Does something more to every stream: the way to a disturbance of your own.
  ///
  /// - Parameter change: Changes a stream. What it draws does not move the draws before it.
  /// - Returns: A generator of such streams.
  public func disturbed(
    by change: @escaping @Sendable (inout [Timed<Value>], inout SeededRandom) -> Void
  ) -> Self {
    let makeEvents = makeEvents
    var copy = Self(
      events: { random in
        var events = makeEvents(&random)
        var own = random.split()
        change(&events, &own)
        return events
      },
      value: makeValue
    )
    copy.simplify = simplify
    return copy
  }

  /// Says what is simpler than a value, so that a failure is shrunk to plain values too.
  ///
  /// - Parameter simplify: Simpler values to try, the simplest first; none for the simplest. What it
  ///   gives must be simpler by some measure that ends: no value may lead back to itself.
  /// - Returns: The same generator, whose failures have simpler values.
  public func simplifying(_ simplify: @escaping @Sendable (Value) -> [Value]) -> Self {
    var copy = self
    copy.simplify = simplify
    return copy
  }

  /// The same streams with other values.
  public func map<Other>(
    _ transform: @escaping @Sendable (Value) -> Other
  ) -> StreamGenerator<Other> {
    let (makeEvents, makeValue) = (makeEvents, makeValue)
    return StreamGenerator<Other>(
      events: { makeEvents(&$0).map { Timed($0.offset, transform($0.value)) } },
      value: { transform(makeValue(&$0)) }
    )
  }
}
