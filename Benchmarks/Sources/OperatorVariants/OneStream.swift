import Harness
import Tocsin

/// The operators on values without a key: all of them are one stream.
enum OneStream {
  static var all: [Variant] {
    [
      .readings("feed", "a feed, an edge, a sink: no operator") { site in
        _ = site.tap.each { site.tally.take($0.value) }
      },
      .readings("feed-64", "the same in spans of 64", Plan(span: 64), family: "feed") { site in
        _ = site.tap.each { site.tally.take($0.value) }
      },
      feedOfKeys("feed-keys", Plan(keys: PerKey.keys)),
      feedOfKeys("feed-keys-64", Plan(keys: PerKey.keys, span: 64)),
    ] + byTime + bySpan + byCount + byLimit + byLevel
  }

  private static func feedOfKeys(_ name: String, _ plan: Plan) -> Variant {
    .readings(
      name,
      "a feed and a count for each of 100,000 keys: what memory alone costs",
      plan,
      family: "feed-keys"
    ) { site in
      _ = site.tap.rule(Counted()).each { site.tally.take($0.value) }
    }
  }

  private static func deduplicateOfKeys(_ name: String, _ plan: Plan) -> Variant {
    .readings(
      name,
      "of 100,000 symbols, within a gap of theirs",
      plan,
      family: "deduplicate-keys"
    ) { site in
      _ = site.tap.deduplicate(asOneBy: \.symbol, within: site.gaps(1))
        .each { site.tally.take($0.value) }
    }
  }

  private static var byTime: [Variant] {
    [
      .readings("debounce", "quiet for one gap: about half goes on") { site in
        _ = site.tap.debounce(asOne: site.gaps(1)).each { site.tally.take($0.value) }
      },
      .readings("hold", "hot for half a gap") { site in
        _ = site.tap.hold(asOneFor: site.gaps(0.5)) { $0.isHot }
          .each { site.tally.take($0.value.value) }
      },
      .readings("absence", "of 1.3 gaps") { site in
        _ = site.tap.absence(asOneOf: site.gaps(1.3)).each { _ in site.tally.take() }
      },
      .readings("sequence", "cold, then hot within two gaps") { site in
        _ = site.tap
          .sequence(asOneFirst: { !$0.isHot }, then: { $0.isHot }, within: site.gaps(2))
          .each { _ in site.tally.take() }
      },
      .readings("not-followed", "hot, then cold within a gap") { site in
        _ = site.tap
          .notFollowed(asOneFirst: { $0.isHot }, by: { !$0.isHot }, within: site.gaps(1))
          .each { _ in site.tally.take() }
      },
    ]
  }

  private static var bySpan: [Variant] {
    [
      .readings("window", "of 100 gaps, into a sum") { site in
        _ = site.tap.window(site.gaps(100), into: 0.0) { $0 += $1.value }
          .each { site.tally.take($0.content) }
      },
      .readings("window-sliding", "of 1,000 gaps every 500, which keeps its values") { site in
        _ = site.tap.window(sliding: site.gaps(1_000), every: site.gaps(500))
          .each { site.tally.take(Double($0.content.count)) }
      },
    ]
  }

  private static var byCount: [Variant] {
    [
      .readings("window-count", "of 100 values, which it keeps", family: "collect") { site in
        _ = site.tap.window(count: 100).each { site.tally.take($0.content.last?.value ?? 0) }
      },
      .readings("sample-nth", "one in ten") { site in
        _ = site.tap.sample(asOneEveryNth: 10).each { site.tally.take($0.value) }
      },
    ]
  }

  private static var byLimit: [Variant] {
    [
      .readings("throttle", "one in ten gaps") { site in
        _ = site.tap.throttle(asOne: 1, per: site.gaps(10)).each { site.tally.take($0.value) }
      },
      .readings("rate-limit", "one in ten gaps, bursts of 10") { site in
        _ = site.tap.rateLimit(asOne: 1, per: site.gaps(10), burst: 10)
          .each { site.tally.take($0.value) }
      },
      .readings("sample", "every ten gaps") { site in
        _ = site.tap.sample(asOneEvery: site.gaps(10)).each { site.tally.take($0.value) }
      },
      .readings("rollup", "one in ten gaps; the rest in a summary") { site in
        _ = site.tap.rollup(asOne: 1, per: site.gaps(10)).each { _ in site.tally.take() }
      },
      .readings("deduplicate", "of 1,000 symbols, within 1,000 gaps") { site in
        _ = site.tap
          .deduplicate(asOneBy: { $0.value.bitPattern & 1023 }, within: site.gaps(1_000))
          .each { site.tally.take($0.value) }
      },
      deduplicateOfKeys("deduplicate-keys", Plan(keys: PerKey.keys)),
      deduplicateOfKeys("deduplicate-keys-64", Plan(keys: PerKey.keys, span: 64)),
    ]
  }

  private static var byLevel: [Variant] {
    [
      .readings("changed", "cold or hot", family: "changed") { site in
        _ = site.tap.changed(in: \.isHot).each { site.tally.take($0.value) }
      },
      .readings("hysteresis", "cold or hot") { site in
        _ = site.tap.hysteresis(asOne: .above(60, leave: 40)) { $0.isHot ? 100 : 0 }
          .each { _ in site.tally.take() }
      },
      .readings("rate-of-change", "over ten gaps") { site in
        _ = site.tap.rateOfChange(asOnePer: .seconds(1), over: site.gaps(10)) { $0.value }
          .each { _ in site.tally.take() }
      },
    ]
  }
}

/// The least that an operator with keys does: finds its key and changes a line of memory.
struct Counted: Rule {
  private var counts = KeyTable<UInt32, (Int, Int, Int, Int)>()

  @inline(__always)
  mutating func receive(_ input: Reading, at now: Instant) -> Verdict<Reading> {
    let slot = counts.findOrInsert(input.symbol, (0, 0, 0, 0)).slot
    counts[slot].0 &+= 1
    return .pass(input, .passed)
  }

  var prepares: Bool { true }

  @inline(__always)
  mutating func prepare(for input: Reading, _ lead: Lead) {
    counts.prepare(for: input.symbol, lead)
  }
}
