import CustomDump
import Testing
import Tocsin
import TocsinTesting

/// Streams come from their seeds alone, and are as disturbed as was asked for.
@Suite struct GeneratorTests {
  let plain = StreamGenerator(count: 0...60, around: .seconds(3), .seconds(10)) {
    $0.number(in: 0...9)
  }

  @Test func `SplitMix64 gives the numbers of its reference`() {
    var random = SeededRandom(seed: 1_234_567)
    let drawn = (0..<5).map { _ in random.next() }
    let reference: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    expectNoDifference(drawn, reference)
  }

  @Test func `a seed means the same stream for ever`() {
    expectNoDifference(
      Array(plain.stream(seed: 5).prefix(6)),
      [
        Timed(.nanoseconds(0), 9),
        Timed(.nanoseconds(3_000_000_001), 0),
        Timed(.nanoseconds(13_000_000_000), 4),
        Timed(.nanoseconds(23_000_000_000), 4),
        Timed(.nanoseconds(43_000_000_001), 6),
        Timed(.nanoseconds(53_000_000_001), 5),
      ]
    )
  }

  @Test func `a disturbance leaves what was drawn before it`() {
    for seed in 0..<50 as Range<UInt64> {
      let values = plain.stream(seed: seed).map(\.value)
      let gaps = plain.gaps(of: .hours(1), oneIn: 2)
      expectNoDifference(gaps.stream(seed: seed).map(\.value), values)
    }
  }

  @Test func `numbers stay in their range and reach its ends`() {
    var random = SeededRandom(seed: 7)
    let drawn = Set((0..<1_000).map { _ in random.number(in: -2...2) })
    expectNoDifference(drawn, [-2, -1, 0, 1, 2])
    #expect((0..<100).allSatisfy { _ in (1.0..<2.0).contains(random.number(in: 1..<2)) })
    #expect(Set((0..<200).map { _ in random.number(in: .min ... .max).signum() }) == [-1, 1])
    #expect((0..<9).allSatisfy { _ in random.chance(1, in: 1) && !random.chance(0, in: 5) })
  }

  @Test func `offsets never go back, whatever the disturbances`() {
    let disturbed = plain.bursts(of: 1...9, within: .seconds(4), oneIn: 4)
      .gaps(of: .hours(1), .zero, oneIn: 4).duplicates(oneIn: 3).reordered(oneIn: 3)
      .extremes([.min, .max]).starting(at: .zero, .seconds(9))
    for seed in 0..<300 as Range<UInt64> {
      let offsets = disturbed.stream(seed: seed).map(\.offset)
      #expect(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
      #expect(offsets.first.map { $0 >= .zero } ?? true)
    }
  }

  @Test func `instants lie on the borders of the durations and a nanosecond beside them`() {
    var gaps: Set<Duration> = []
    for seed in 0..<200 as Range<UInt64> {
      let offsets = plain.stream(seed: seed).map(\.offset)
      for (left, right) in zip(offsets, offsets.dropFirst()) { gaps.insert(right - left) }
    }
    for duration in [Duration.seconds(3), .seconds(10)] {
      for wanted in [duration - .nanoseconds(1), duration, duration + .nanoseconds(1), .zero] {
        #expect(gaps.contains(wanted), "\(wanted)")
      }
    }
  }

  @Test func `streams are empty and as long as they may be now and then`() {
    let counts = (0..<100).map { plain.stream(seed: $0).count }
    #expect(counts.filter { $0 == 0 }.count >= 3)
    #expect(counts.filter { $0 == 60 }.count >= 3)
    #expect(counts.allSatisfy { $0 <= 60 })
  }

  @Test func `duplicates repeat values and reorderings keep them`() {
    for seed in 0..<50 as Range<UInt64> {
      let values = plain.stream(seed: seed).map(\.value)
      let reordered = plain.reordered(oneIn: 2).stream(seed: seed)
      expectNoDifference(reordered.map(\.value).sorted(), values.sorted())
      expectNoDifference(reordered.map(\.offset), plain.stream(seed: seed).map(\.offset))
      let doubled = plain.duplicates(oneIn: 1).stream(seed: seed).map(\.value)
      expectNoDifference(doubled.sorted(), (values + values).sorted())
    }
  }

  @Test func `the error of a skewed clock stays within its limit`() {
    let skewed = plain.map { _ in Duration.zero }
      .skewed(upTo: .seconds(2)) { $0 += $1 }
    let errors = (0..<50).flatMap { skewed.stream(seed: $0).map(\.value) }
    #expect(errors.allSatisfy { $0 >= .seconds(-2) && $0 <= .seconds(2) })
    #expect(errors.contains { $0 < .seconds(-1) } && errors.contains { $0 > .seconds(1) })
  }

  @Test func `prices are extreme now and then`() {
    let prices = StreamGenerator(count: 500...500, around: .seconds(1)) { $0.price(in: 1..<2) }
      .stream(seed: 1).map(\.value)
    #expect(prices.contains { $0.isNaN } && prices.contains { $0.isInfinite })
    #expect(prices.filter { (1.0..<2.0).contains($0) }.count > 400)
  }

  @Test func `a stream becomes a timeline and comes back`() {
    let stream = plain.stream(seed: 5)
    expectNoDifference(EventTimeline(stream).stream, stream)
  }
}
