import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct FlappingOperatorTests {
  typealias Build = ([Tap<Feed<RuleAlert>>]) -> Tap<FlapsHeldBack<Feed<RuleAlert>>>

  static let raise: (@Sendable (inout RuleAlert) -> Void)? = { alert in alert.severity = .error }

  @Test func `does what its rule does`() {
    for seed in 0..<250 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let enter = Int.random(in: 1...4, using: &random)
      let settled: Duration? = random.pick([nil, .nanoseconds(4)])
      let announce = Bool.random(using: &random) ? Self.raise : nil
      let moments = random.moments(30, around: [9, 4]) { random in
        var alert = random.alert()
        alert.phase = random.pick([.firing, .resolved])
        return alert
      }
      let window = Duration.nanoseconds(9)
      let rule = Flapping<RuleAlert>(
        enter,
        leave: 1,
        within: window,
        settled: settled,
        announce: announce
      )
      let build: Build = {
        $0[0].flapping(
          enter: enter,
          leave: 1,
          within: window,
          settled: settled,
          announce: announce
        )
      }
      let end = moments[29].0 + random.pick([0, 1, 30])
      RuleTwin(rule: rule, moments: moments, end: end, seed: seed).expectSame(build)
    }
  }

  @Test func `keys flap alone`() {
    let bench = expectMarbles("wrwRWrwr-----------|", as: MarkedAlert.init, gives: drawing) {
      $0[0].flapping(enter: 3, leave: 1, within: .seconds(6))
    }
    expectNoDifference(bench.node("flapping")?.dropsByReason, [.flapping: 3])
  }

  let drawing = "w<ir>w<Ir>W--------<i2r>-----|"

  @Test func `draws its picture`() {
    expectMarbles(
      "w-r-w-r-w-r-r----------|",
      as: MarkedAlert.init,
      gives: "w-<ir>-w-----------<i2r>------|"
    ) { $0[0].flapping(enter: 4, leave: 2, within: .seconds(8)) }
  }

  @Test func `a cancelled chain sends nothing and leaves no timer`() {
    expectMarbles("wrw----------", as: MarkedAlert.init, cancelAfter: 4, gives: "w<ir>w----------")
    {
      $0[0].flapping(enter: 3, leave: 1, within: .seconds(6))
    }
  }
}
