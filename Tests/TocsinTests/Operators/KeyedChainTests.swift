import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct KeyedChainTests {
  @Test func `every key has a chain of its own`() throws {
    try rehearse("a B b A . . . . b . |", of: Item.self) {
      $0.keyed(by: \.key, to: String.self, idle: .hours(1)) {
        $0.map(to: String.self) { $0.description }.debounce(asOne: .seconds(3))
      }
    }
    .expect(marbles: ". . . a . b A . . . (b |)")
  }

  @Test func `a key too many is dropped, and what is watched stays watched`() throws {
    let run = try rehearse("a b c A B . . |", of: Item.self) {
      $0.keyed(by: \.key, to: Item.self, limit: 2) { $0.filter { _ in true } }
    }
    run.expect(marbles: "a b . A B . . |")
    expectNoDifference(try run.books(of: "keyed").dropped, [.keyLimit: 1, .summarised: 4])
  }

  @Test func `a critical alert is never a key too many`() throws {
    try rehearse("w W C |", of: MarkedAlert.self) {
      $0.keyed(by: \.key, to: MarkedAlert.self, limit: 1) { $0.filter { _ in true } }
    }
    .expect(marbles: "w . C |")
  }

  @Test func `an idle key is forgotten and starts afresh`() throws {
    try rehearse("a a . . a . . . . . a |", of: Item.self) {
      $0.keyed(by: \.key, to: Item.self, idle: .seconds(4)) { $0.changed() }
    }
    .expect(marbles: "a . . . . . . . . . a |")
  }

  @Test func `a key that waits for a deadline is not idle`() throws {
    try rehearse("a . . . . . . . . |") {
      $0.keyed(by: { $0 }, to: String.self, idle: .seconds(2)) {
        $0.debounce(asOne: .seconds(6))
      }
    }
    .expect(marbles: ". . . . . . a . . |")
  }

  @Test func `a chain that owes the end of an episode is not idle`() throws {
    try rehearse("w . . . . . . . r |", of: MarkedAlert.self) {
      $0.keyed(by: \.key, to: MarkedAlert.self, idle: .seconds(2)) {
        $0.throttle(asOne: 1, per: .seconds(1))
      }
    }
    .expect(marbles: "w . . . . . . . r |")
  }

  @Test func `what waits in a chain of chains is delivered before it is taken down`() throws {
    try rehearse("a . a . . . . . . . |") {
      $0.keyed(by: { $0 }, to: String.self, idle: .seconds(2)) {
        $0.keyed(by: { $0 }, to: String.self, limit: 9) { $0.debounce(asOne: .seconds(6)) }
      }
    }
    .expect(marbles: ". . a . a . . . . . |")
  }

  @Test func `at the end every chain delivers what is pending`() throws {
    try rehearse("a b c . |") {
      $0.keyed(by: { $0 }, to: String.self, limit: 9) { $0.debounce(asOne: .seconds(6)) }
    }
    .expect(marbles: ". . . . (a b c |)")
  }

  @Test func `a cancel takes all chains down`() throws {
    try rehearse("a b (c !)") {
      $0.keyed(by: { $0 }, to: String.self, idle: .seconds(4)) {
        $0.debounce(asOne: .seconds(3))
      }
    }
    .expect(marbles: ".")
  }

  @Test func `a cancel while the chains end stops at once`() {
    let bench = Bench<Int, Int> {
      $0[0].keyed(by: { $0 }, to: Int.self, limit: 9) { $0.debounce(asOne: .seconds(3)) }
    }
    bench.probe.onValue = { [unowned bench] _ in bench.probe.cancel() }
    bench.at(second: 1) { bench.feeds[0].send(contentsOf: [1, 2, 3]) }
    bench.at(second: 2) { bench.feeds[0].finish() }
    expectNoDifference(bench.probe.happened.map(\.text), ["1"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `what is not asked for is kept and outlives the chains`() {
    let bench = Bench<Int, Int>(demand: 1) {
      $0[0].keyed(by: { $0 }, to: Int.self, limit: 9) { $0.filter { _ in true } }
    }
    bench.at(second: 1) {
      bench.feeds[0].send(contentsOf: [1, 2, 3])
      bench.feeds[0].finish()
    }
    bench.at(second: 2) { bench.probe.ask(1) }
    bench.at(second: 3) { bench.probe.cancel() }
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `all keys count at the same nodes`() throws {
    let run = try rehearse("a B c A |", of: Item.self) {
      $0.keyed(by: \.key, to: Item.self, limit: 9) { $0.filter { $0.isUpper } }
    }
    run.expect(marbles: ". B . A |")
    expectNoDifference(try run.books(of: "filter").received, 4)
    expectNoDifference(run.books.map(\.id), ["input", "input/keyed", "input/keyed/filter"])
  }
}
