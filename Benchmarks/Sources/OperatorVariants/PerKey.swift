import Harness
import Tocsin

/// The operators that look at keys: with one key and with 100,000. Durations are told in gaps of a
/// key, so both do the same with each key.
enum PerKey {
  static let keys = 100_000

  static var all: [Variant] { byTime + byAlert + byLimit + byLevel }

  /// For an operator that has a form for values without a key.
  private static func keyed(
    _ name: String,
    _ summary: String,
    _ build: @escaping @Sendable (Site<Notice>) -> Void
  ) -> [Variant] {
    [
      .notices(
        name + "-keys",
        summary + "; 100,000 keys",
        Plan(keys: keys),
        family: name + "-keys",
        build
      ),
      .notices(
        name + "-keys-64",
        summary + "; 100,000 keys, spans of 64",
        Plan(keys: keys, span: 64),
        family: name + "-keys",
        build
      ),
    ]
  }

  /// For an operator that has only the form with keys.
  private static func alerting(
    _ name: String,
    _ summary: String,
    _ build: @escaping @Sendable (Site<Notice>) -> Void
  ) -> [Variant] {
    [.notices(name, summary + "; one key", Plan(), build)]
      + keyed(name, summary, build)
  }

  private static var byTime: [Variant] {
    keyed("debounce", "quiet for one gap") { site in
      _ = site.tap.debounce(site.gaps(1)).each { site.tally.take($0.value) }
    }
      + keyed("hold", "resolved for half a gap") { site in
        _ = site.tap.hold(for: site.gaps(0.5)) { $0.phase == .resolved }
          .each { site.tally.take($0.value.value) }
      }
      + keyed("absence", "of 1.3 gaps") { site in
        _ = site.tap.absence(of: site.gaps(1.3)).each { _ in site.tally.take() }
      }
      + keyed("sequence", "firing, then resolved within two gaps") { site in
        _ = site.tap
          .sequence(
            first: { $0.phase == .firing },
            then: { $0.phase == .resolved },
            within: site.gaps(2)
          )
          .each { _ in site.tally.take() }
      }
      + keyed("not-followed", "resolved, then firing within a gap") { site in
        _ = site.tap
          .notFollowed(
            first: { $0.phase == .resolved },
            by: { $0.phase == .firing },
            within: site.gaps(1)
          )
          .each { _ in site.tally.take() }
      }
  }

  private static var byAlert: [Variant] {
    alerting("cooldown", "of three gaps") { site in
      _ = site.tap.cooldown(site.gaps(3)).each { site.tally.take($0.value) }
    }
      + alerting("escalate", "three repeats in two gaps") { site in
        _ = site.tap.escalate(.repeats(3, within: site.gaps(2))).each { site.tally.take($0.value) }
      }
      + alerting("escalate-after", "after two gaps") { site in
        _ = site.tap.escalate(after: site.gaps(2)).each { site.tally.take($0.value) }
      }
      + alerting("escalate-unacknowledged", "after two gaps, nobody acknowledges") { site in
        let seen = Outlet<UInt32>("seen")
        _ = site.tap
          .escalate(.unacknowledged(after: site.gaps(2)), acknowledgements: seen)
          .each { site.tally.take($0.value) }
      }
      + alerting("deescalate", "after 1.5 gaps") { site in
        _ = site.tap.deescalate(after: site.gaps(1.5), to: .info).each { site.tally.take($0.value) }
      }
      + alerting("resolve", "after 1.3 gaps") { site in
        _ = site.tap.resolve(after: site.gaps(1.3)).each { site.tally.take($0.value) }
      }
      + alerting("flapping", "3 changes in 4 gaps, until below 2") { site in
        _ = site.tap.flapping(enter: 3, leave: 2, within: site.gaps(4))
          .each { site.tally.take($0.value) }
      }
      + alerting("coalesce", "every gap") { site in
        _ = site.tap.coalesce(every: site.gaps(1), limit: keys).each { _ in site.tally.take() }
      } + [
        .notices("coalesce-10", "every ten gaps; one key") { site in
          _ = site.tap.coalesce(every: site.gaps(10), limit: keys).each { _ in site.tally.take() }
        }
      ]
  }

  private static var byLimit: [Variant] {
    keyed("throttle", "one in two gaps") { site in
      _ = site.tap.throttle(per: site.gaps(2)).each { site.tally.take($0.value) }
    }
      + keyed("throttle-episodes", "one limit for all keys") { site in
        _ = site.tap.throttle(asOne: 1, per: site.gaps(2)).each { site.tally.take($0.value) }
      }
      + keyed("rate-limit", "one in two gaps") { site in
        _ = site.tap.rateLimit(1, per: site.gaps(2), burst: 2).each { site.tally.take($0.value) }
      }
      + keyed("rate-limit-episodes", "one limit for all keys") { site in
        _ = site.tap.rateLimit(asOne: keys, per: site.gaps(2), burst: 2)
          .each { site.tally.take($0.value) }
      }
      + keyed("sample", "every two gaps") { site in
        _ = site.tap.sample(every: site.gaps(2)).each { site.tally.take($0.value) }
      }
      + keyed("sample-episodes", "every ten values, of one sample for all keys") { site in
        _ = site.tap.sample(asOneEvery: .milliseconds(1)).each { site.tally.take($0.value) }
      }
      + keyed("sample-nth", "one in ten") { site in
        _ = site.tap.sample(everyNth: 10).each { site.tally.take($0.value) }
      }
      + keyed("sample-nth-episodes", "one in ten of all keys") { site in
        _ = site.tap.sample(asOneEveryNth: 10).each { site.tally.take($0.value) }
      }
      + keyed("rollup", "one in two gaps; the rest in a summary") { site in
        _ = site.tap.rollup(1, per: site.gaps(2))
          .each { site.tally.take($0.last.value + Double($0.count)) }
      }
      + keyed("deduplicate-each", "by phase, within two gaps") { site in
        _ = site.tap.deduplicate(by: \.phase, within: site.gaps(2))
          .each { site.tally.take($0.value) }
      }
  }

  private static var byLevel: [Variant] {
    keyed("hysteresis", "resolved or not") { site in
      _ = site.tap.hysteresis(.above(60, leave: 40)) { $0.phase == .resolved ? 100 : 0 }
        .each { _ in site.tally.take() }
    }
      + keyed("rate-of-change", "over two gaps") { site in
        _ = site.tap.rateOfChange(over: site.gaps(2)) { $0.value }
          .each { _ in site.tally.take() }
      }
  }
}
