import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// Subscribers that act on the chain they are called by.
@Suite struct ReentryTests {
  func bench<Chain: FlowPublisher<Int>>(
    inputs: Int = 1,
    _ build: ([Tap<Feed<Int>>]) -> Tap<Chain>
  ) -> Bench<Int, Int> {
    Bench(inputs: inputs, build)
  }

  @Test func `what is sent from within a timed operator's delivery comes later`() {
    let bench = bench { $0[0].debounce(asOne: .seconds(1)) }
    bench.probe.onValue = { [unowned bench] in if $0 < 3 { bench.feeds[0].send($0 + 1) } }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    bench.at(second: 9)
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2", "3"])
    expectNoDifference(
      bench.probe.happened.map(\.instant),
      [.seconds(1), .seconds(2), .seconds(3)]
    )
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `a debounce that is fed while it lets a leading value pass`() {
    let bench = bench { $0[0].debounce(asOne: .seconds(1), .both) }
    bench.probe.onValue = { [unowned bench] in if $0 < 3 { bench.feeds[0].send($0 + 1) } }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    bench.at(second: 9)
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2", "3"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `a merge is fed by its own subscriber`() {
    let bench = bench(inputs: 2) { Merge($0[0], $0[1]) }
    bench.probe.onValue = { [unowned bench] in
      if $0 < 10 { bench.feeds[$0 % 2].send($0 + 1) }
    }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    expectNoDifference(bench.probe.happened.map(\.text), (1...10).map { "\($0)" })
    expectNoDifference(bench.breaches(isDone: false), [])
  }

  @Test func `a zip is fed by its own subscriber`() {
    let bench = bench(inputs: 2) {
      Zip($0[0], $0[1]).map(to: Int.self) { $0.first * 100 + $0.second }
    }
    bench.probe.onValue = { [unowned bench] in
      if $0 % 100 < 3 { for feed in bench.feeds { feed.send($0 % 100 + 1) } }
    }
    bench.at(second: 0) { for feed in bench.feeds { feed.send(1) } }
    expectNoDifference(bench.probe.happened.map(\.text), ["101", "202", "303"])
    expectNoDifference(bench.breaches(isDone: false), [])
  }

  @Test func `a combination is fed by its own subscriber`() {
    let bench = bench(inputs: 2) {
      CombineLatest($0[0], $0[1]).map(to: Int.self) { $0.first * 100 + $0.second }
    }
    bench.probe.onValue = { [unowned bench] in
      if $0 == 101 { for feed in bench.feeds { feed.send(2) } }
    }
    bench.at(second: 0) { for feed in bench.feeds { feed.send(1) } }
    expectNoDifference(bench.probe.happened.map(\.text), ["101", "201", "202"])
    expectNoDifference(bench.breaches(isDone: false), [])
  }

  @Test func `a keyed chain is fed by its own subscriber, with new keys`() {
    let bench = bench {
      $0[0].keyed(by: { $0 }, to: Int.self, limit: 99) { $0.filter { _ in true } }
    }
    bench.probe.onValue = { [unowned bench] in if $0 < 50 { bench.feeds[0].send($0 + 1) } }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    expectNoDifference(bench.probe.happened.count, 50)
    expectNoDifference(bench.breaches(isDone: false), [])
  }

  @Test func `a cancel among several values that are due at once counts each of them once`() {
    let bench = Bench<Item, Item> { $0[0].debounce(.seconds(1)) }
    bench.probe.onValue = { [unowned bench] _ in bench.probe.cancel() }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: "abcd".map(Item.init)) }
    bench.at(second: 2)
    expectNoDifference(bench.probe.happened.map(\.text), ["a"])
    expectNoDifference(
      bench.node("debounce")?.books,
      "received 4, made 0, passed 1, held 0, dropped 3 cancelled"
    )
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `a cancel among several values that the end delivers counts each of them once`() {
    let bench = Bench<Item, Item> { $0[0].debounce(.seconds(1)) }
    bench.probe.onValue = { [unowned bench] _ in bench.probe.cancel() }
    bench.at(second: 0) {
      bench.feeds[0].send(contentsOf: "abcd".map(Item.init))
      bench.feeds[0].finish()
    }
    expectNoDifference(bench.probe.happened.map(\.text), ["a"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `an end from within a delivery comes after what was sent before`() {
    let bench = bench { $0[0].debounce(asOne: .seconds(1), .both) }
    bench.probe.onValue = { [unowned bench] in
      if $0 == 1 {
        bench.feeds[0].send(2)
        bench.feeds[0].finish()
      }
    }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2", "|"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `demand that is asked for during a delivery is honoured`() {
    let bench = Bench<Int, Int>(inputs: 2, demand: 1) { Merge($0[0], $0[1]) }
    bench.probe.onValue = { [unowned bench] in if $0 < 4 { bench.probe.ask(1) } }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: [1, 2, 3, 4, 5, 6]) }
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2", "3", "4"])
    expectNoDifference(bench.node("merge")?.held, 2)
    expectNoDifference(bench.breaches(isDone: false), [])
  }
}
