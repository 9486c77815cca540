import Harness
import OpenCombine
import Tocsin

/// The operators with two inputs, which take turns.
enum JoinVariants {
  static var all: [Variant] {
    [
      .readings("merge", "two into one", paired, family: "merge") { site in
        _ = Merge(site.tap, site.other).each { site.tally.take($0.value) }
      },
      .readings("merge-stock", "OpenCombine's flatMap: no merge", paired, family: "merge") { site in
        let other = site.other.upstream.eraseToAnyPublisher()
        _ = site.tap
          .stock(to: Reading.self) { tap in
            [tap.eraseToAnyPublisher(), other].publisher.flatMap { $0 }
          }
          .each { site.tally.take($0.value) }
      },
      .readings("combine-latest", "the newest of two", paired, family: "latest") { site in
        _ = CombineLatest(site.tap, site.other).each { site.tally.take($0.first.value) }
      },
      .readings("zip", "the first with the first", paired, family: "zip") { site in
        _ = Zip(site.tap, site.other).each { site.tally.take($0.first.value) }
      },
      .readings("zip-stock", "OpenCombine's zip", paired, family: "zip") { site in
        let other = site.other.upstream
        _ = site.tap.stock(to: Reading.self) { $0.zip(other).map(\.0) }
          .each { site.tally.take($0.value) }
      },
      .notices("join", "within ten gaps; one key", paired) { site in
        _ = Join(site.tap, site.other, within: site.gaps(10), .outer)
          .each { _ in site.tally.take() }
      },
      .notices("join-keys", "100,000 keys; half of them wait", waiting) { site in
        _ = Join(site.tap, site.other, within: site.gaps(10), .outer, total: 1_000_000)
          .each { _ in site.tally.take() }
      },
    ]
  }

  private static let paired = Plan(isPaired: true)
  private static let waiting = Plan(keys: PerKey.keys, lag: PerKey.keys, isPaired: true)
}
