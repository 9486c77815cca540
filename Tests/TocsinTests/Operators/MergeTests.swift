import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct MergeTests {
  @Test func `merge gives the values of all inputs in the order in which they arrive`() throws {
    let run = try rehearse(". a . . . . . b . . |", ". . . 1 . 2 . . . . . . 3 |") { Merge($0, $1) }
    run.expect(marbles: ". a . 1 . 2 . b . . . . 3 |")
    expectNoDifference(try run.books(of: "merge").passed, 5)
  }

  @Test func `values of one instant come in the order in which they were sent`() throws {
    try rehearse(". a . |", ". 1 . |") { Merge($0, $1) }
      .expect(marbles: ". (a 1) . |")
    try rehearse(". a . |", ". 1 . |") { Merge($1, $0) }
      .expect(marbles: ". (a 1) . |")
  }

  @Test func `a cancel ends all inputs`() throws {
    let run = try rehearse(". a . b . c |", ". . 1 ! 2 . |") { Merge($0, $1) }
    run.expect(marbles: ". a 1 b")
    expectNoDifference(
      try ["input 1", "input 2"].map { try run.books(of: $0).dropped },
      [[.noSubscriber: 1], [.noSubscriber: 1]]
    )
  }

  @Test func `eight inputs`() throws {
    try rehearse(
      [
        "a . |", "b |", ". c |", ". . d |", ". . . e |", ". . . . . f |", ". . . . g |",
        "h . . . . . |",
      ].map { EventTimeline<String>.marbles($0) }
    ) { Merge($0[0], $0[1], $0[2], $0[3], $0[4], $0[5], $0[6], $0[7]) }
    .expect(marbles: "(a b h) c d e g f |")
  }

  @Test(arguments: [true, false]) func `any number of inputs, some of them perhaps`(has: Bool)
    throws
  {
    let inputs = ["a |", ". b |", ". . c |", ". . . d |"].map { EventTimeline<String>.marbles($0) }
    let run = try rehearse(inputs) { taps in
      MergeAll(of: String.self) {
        taps[0]
        if has { taps[1].filter { _ in true } }
        for tap in taps[2...] { tap }
      }
    }
    run.expect(marbles: has ? "a b c d |" : "a . c d |")
  }

  @Test func `of no inputs there is nothing to wait for`() throws {
    try rehearse("a |") { _ in MergeAll(of: String.self) {} }
      .expect(marbles: "|")
  }

  @Test func `a timer of one input is in order with the values of the other`() throws {
    try rehearse("a . . . . . |", ". . 1 2 3 4 |") {
      Merge($0.debounce(asOne: .seconds(3)), $1)
    }
    .expect(marbles: ". . 1 (a 2) 3 4 |")
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

  /// What a merge of two outlets gives, whose inputs are in the order that is given.
  private func merged(_ inputs: [Int], _ send: ([Outlet<Int>], Timeline, Lane) -> Void) -> [Int] {
    let world = Timeline.virtual()
    let lane = world.lane("merge")
    let (outlets, log) = ([Outlet<Int>(), Outlet<Int>()], Log<Int>())
    world.perform(on: lane) {
      Merged(inputs.map { Inlet(outlets[$0], on: lane).erased() }, on: lane).each { log.add($0) }
    }
    send(outlets, world, lane)
    world.settle()
    return log.entries
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func `what turns of one instant send into outlets comes in the order in which it was sent`(
    inputs: [Int]
  ) {
    let order = merged(inputs) { outlets, world, lane in
      for number in 0..<9 { world.perform(on: lane) { outlets[number % 2].send(number) } }
    }
    expectNoDifference(order, Array(0..<9))
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func `what one turn sends comes outlet by outlet, beginning with the one that was first`(
    inputs: [Int]
  ) {
    let order = merged(inputs) { outlets, world, lane in
      world.perform(on: lane) { for number in 0..<6 { outlets[(number + 1) % 2].send(number) } }
    }
    expectNoDifference(order, [0, 2, 4, 1, 3, 5])
  }
}
