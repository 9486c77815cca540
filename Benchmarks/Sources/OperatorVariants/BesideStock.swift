import Harness
import OpenCombine
import Tocsin

/// Stock OpenCombine operators beside the ones they are nearest to. Those that need a clock run on
/// a virtual time line, and so does the engine's operator beside them.
enum BesideStock {
  static var all: [Variant] { plain + timed }

  private static var plain: [Variant] {
    [
      .readings("changed-stock", "OpenCombine's removeDuplicates", family: "changed") { site in
        _ = site.tap.stock(to: Reading.self) { $0.removeDuplicates { $0.isHot == $1.isHot } }
          .each { site.tally.take($0.value) }
      },
      .readings("collect-stock", "OpenCombine's collect(100)", family: "collect") { site in
        _ = site.tap.stock(to: [Reading].self) { $0.collect(100) }
          .each { site.tally.take($0.last?.value ?? 0) }
      },
    ]
  }

  private static var timed: [Variant] {
    [
      .readings("timers-feed", "no operator, on a virtual time line", timers) { site in
        _ = site.tap.each { site.tally.take($0.value) }
      },
      .readings("timers-debounce", "the engine's, timers firing", timers, family: "quiet") { site in
        _ = site.tap.debounce(asOne: site.gaps(1)).each { site.tally.take($0.value) }
      },
      .readings("debounce-stock", "OpenCombine's", timers, family: "quiet") { site in
        _ = site.tap
          .stock(to: Reading.self) {
            $0.debounce(for: .nanoseconds(100_000), scheduler: site.lane.scheduler)
          }
          .each { site.tally.take($0.value) }
      },
      .readings("timers-throttle", "the engine's", timers) { site in
        _ = site.tap.throttle(asOne: 1, per: site.gaps(10)).each { site.tally.take($0.value) }
      },
      .readings("throttle-stock", "OpenCombine's", timers) { site in
        _ = site.tap
          .stock(to: Reading.self) {
            $0.throttle(for: .nanoseconds(1_000_000), scheduler: site.lane.scheduler, latest: false)
          }
          .each { site.tally.take($0.value) }
      },
    ]
  }

  private static let timers = Plan(drive: .timers)
}
