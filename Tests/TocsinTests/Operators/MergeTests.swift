import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct MergeTests {
  @Test func `merge gives the values of all inputs in the order in which they arrive`() {
    let bench = expectMarbles(
      "-a-----b--|",
      "---1-2------3|",
      as: letter,
      gives: "-a-1-2-b----3|"
    ) { Merge($0[0], $0[1]) }
    expectNoDifference(bench.node("merge")?.passed, 5)
  }

  @Test func `values of one instant come in the order in which they were sent`() {
    expectMarbles("-a-|", "-1-|", as: letter, gives: "-(a1)-|") { Merge($0[0], $0[1]) }
    expectMarbles("-a-|", "-1-|", as: letter, gives: "-(a1)-|") { Merge($0[1], $0[0]) }
  }

  @Test func `a cancel ends all inputs`() {
    let bench = expectMarbles(
      "-a-b-c|",
      "--1-2-|",
      as: letter,
      cancelAfter: 3,
      gives: "-a1b---"
    ) { Merge($0[0], $0[1]) }
    expectNoDifference(
      bench.feeds.map { $0.node.dropsByReason },
      [[.noSubscriber: 1], [.noSubscriber: 1]]
    )
  }

  @Test func `eight inputs`() {
    expectMarbles(
      "a-|",
      "b|",
      "-c|",
      "--d|",
      "---e|",
      "-----f|",
      "----g|",
      "h-----|",
      as: letter,
      gives: "(abh)cdegf|"
    ) { Merge($0[0], $0[1], $0[2], $0[3], $0[4], $0[5], $0[6], $0[7]) }
  }

  @Test(arguments: [true, false]) func `any number of inputs, some of them perhaps`(has: Bool) {
    let expected = has ? "abcd|" : "a-cd|"
    expectMarbles("a|", "-b|", "--c|", "---d|", as: letter, gives: expected) { taps in
      MergeAll(of: String.self) {
        taps[0]
        if has { taps[1].filter { _ in true } }
        for tap in taps[2...] { tap }
      }
    }
  }

  @Test func `of no inputs there is nothing to wait for`() {
    expectMarbles("a|", as: letter, gives: "|-") { _ in MergeAll(of: String.self) {} }
  }

  @Test func `a timer of one input is in order with the values of the other`() {
    expectMarbles("a-----|", "--1234|", as: letter, gives: "--1(a2)34|") {
      Merge($0[0].debounce(asOne: .seconds(3)), $0[1])
    }
  }

  @Test func `what is not asked for is kept in order and delivered before the end`() {
    let bench = Bench<Int, Int>(inputs: 2, demand: 1) { Merge($0[0], $0[1]) }
    bench.at(second: 1) {
      bench.feeds[0].send(contentsOf: [1, 2])
      bench.feeds[1].send(3)
      bench.feeds[0].send(4)
    }
    expectNoDifference(bench.node("merge")?.held, 3)
    bench.at(second: 2) { for feed in bench.feeds { feed.finish() } }
    bench.at(second: 3) { bench.probe.ask(1) }
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2"])
    bench.at(second: 4) { bench.probe.ask(nil) }
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2", "3", "4", "|"])
    bench.at(second: 5) { bench.probe.ask(nil) }
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `what is kept after the end goes when the subscriber cancels`() {
    let bench = Bench<Int, Int>(inputs: 2, demand: 1) { Merge($0[0], $0[1]) }
    bench.at(second: 1) {
      bench.feeds[0].send(contentsOf: [1, 2])
      for feed in bench.feeds { feed.finish() }
      bench.probe.cancel()
      bench.probe.ask(nil)
    }
    expectNoDifference(bench.probe.happened.map(\.text), ["1"])
    expectNoDifference(bench.node("merge")?.dropsByReason, [.cancelled: 1])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `a subscription may outlive its sources`() {
    let world = Timeline.virtual()
    let lane = world.lane("merge")
    world.perform(on: lane) {
      var feeds: [Feed<Int>]? = [Feed<Int>(on: lane), Feed<Int>(on: lane)]
      let asker = Asker<Int>(.unlimited)
      Merged((feeds ?? []).map { $0.erased() }, on: lane).receive(subscriber: asker)
      feeds = nil
      asker.ask(.max(1))
      asker.cancel()
      #expect(asker.values.isEmpty)
    }
  }
}
