import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about known limits: they are as they are said to be.
@Suite struct LimitsContractTests {
  @Test func `the overflow of a stream of values holds in front of its lane only`() async {
    let world = Timeline.virtual()
    let lane = world.lane("stream")
    let outlet = Outlet<Int>()
    let values = outlet.values(on: lane, overflow: .dropOldest(2))
    for number in 0..<100 {
      outlet.send(number)
      world.settle()
    }
    for number in 100..<200 { outlet.send(number) }
    outlet.finish()
    world.settle()
    var given: [Int] = []
    for await value in values { given.append(value) }
    expectNoDifference(given, Array(0..<100) + [198, 199])
  }

  @Test func `stock operators between two steps are not part of the books`() {
    let bench = Bench<Int, Int> {
      $0[0].stock(to: Int.self) { $0.filter { $0 > 1 } }.changed()
    }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: [1, 2, 3]) }
    expectNoDifference(bench.probe.happened.map(\.text), ["2", "3"])
    expectNoDifference(bench.feeds[0].node.passed, 3)
    expectNoDifference(bench.nodes.map(\.received), [2, 2])
    expectNoDifference(bench.nodes.map(\.dropped), [0, 0])
  }

  typealias Build = ([Tap<Feed<MarkedAlert>>]) -> Tap<Erased<Int>>

  static var chains: [(letters: String, seconds: Int, build: Build)] {
    [
      ("w", 3_600, { $0[0].debounce(.seconds(3)).counted }),
      ("w", 5_400, { $0[0].debounce(.minutes(45)).counted }),
      ("w", 3_600, { $0[0].hold(for: .seconds(3)) { $0.severity > .error }.counted }),
      ("wr", 3_600, { $0[0].cooldown(.seconds(3)).counted }),
      ("wr", 5_400, { $0[0].cooldown(.minutes(45)).counted }),
      ("w", 3_600, { $0[0].escalate(.repeats(3, within: .seconds(3))).counted }),
      ("wr", 3_600, { $0[0].escalate(after: .seconds(3)).counted }),
    ]
  }

  @Test(arguments: 0..<7)
  func `a key that owes nothing is forgotten after an hour or twice the duration`(index: Int) {
    let (letters, seconds, build) = Self.chains[index]
    let bench = Bench<MarkedAlert, Int>(build)
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: letters.map(MarkedAlert.init)) }
    bench.at(second: seconds - 1)
    #expect(bench.hasTimers, "a look at the key is still to come")
    bench.at(second: seconds)
    #expect(!bench.hasTimers, "nothing is left of the key")
  }

  @Test(arguments: [(604_799, ["w", "<ir>"]), (604_800, ["w"])])
  func `a key that owes a closing message is forgotten after seven days`(
    second: Int,
    told: [String]
  ) {
    let bench = Bench<MarkedAlert, MarkedAlert> { $0[0].cooldown(.seconds(3)) }
    bench.at(second: 0) { bench.feeds[0].send(MarkedAlert("w")) }
    bench.at(second: second) { bench.feeds[0].send(MarkedAlert("r")) }
    expectNoDifference(
      bench.probe.happened.map { $0.text.count == 1 ? $0.text : "<\($0.text)>" },
      told
    )
  }

  @Test func `the bare rules by key drop a key too many, whatever it is`() {
    var rule = ByEventKey(Cooldown<MarkedAlert>(.seconds(1)), limit: 1)
    _ = rule.receive(MarkedAlert("w"), at: .epoch)
    #expect(rule.receive(MarkedAlert("C"), at: .epoch) == .drop(.keyLimit))
    var other = ByKey(Cooldown<MarkedAlert>(.seconds(1)), limit: 1) { $0.key }
    _ = other.receive(MarkedAlert("w"), at: .epoch)
    #expect(other.receive(MarkedAlert("C"), at: .epoch) == .drop(.keyLimit))
  }

  @Test func `a full sliding window lets its oldest value go, whatever it is, and says so`() {
    var rule = SlidingWindow<MarkedAlert>(.seconds(4), every: .seconds(4), limit: 1)
    _ = rule.receive(MarkedAlert("c"), at: .epoch)
    #expect(rule.receive(MarkedAlert("w"), at: .epoch).reason == .bufferFull)
    let summary = rule.expire(at: .seconds(4))?.output
    expectNoDifference(summary?.content.map(\.description), ["w"])
    expectNoDifference(summary?.isComplete, false)
  }
}

extension Tap {
  fileprivate var counted: Tap<Erased<Int>> { map(to: Int.self) { _ in 1 }.asErased }
}
