import CustomDump
import OpenCombine
import Testing
import TocsinTesting

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

  @Test func `keys flap alone`() throws {
    let bench = try rehearse("w r w R W r w r 11s |", of: MarkedAlert.self) {
      $0.flapping(enter: 3, leave: 1, within: .seconds(6))
    }
    expectNoDifference(try bench.books(of: "flapping").dropped, [.flapping: 3])
  }

  @Test func `draws its picture`() throws {
    try rehearse("w . r . w . r . w . r . r 10s |", of: MarkedAlert.self) {
      $0.flapping(enter: 4, leave: 2, within: .seconds(8))
    }
    .expect(marbles: "w . ir . w 11s i2r . . . . . . |")
  }

  @Test func `a cancelled chain sends nothing and leaves no timer`() throws {
    try rehearse("w r w . !", of: MarkedAlert.self) {
      $0.flapping(enter: 3, leave: 1, within: .seconds(6))
    }
    .expect(marbles: "w ir w")
  }
}
