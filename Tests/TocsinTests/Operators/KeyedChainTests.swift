import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct KeyedChainTests {
  @Test func `every key has a chain of its own`() {
    expectMarbles("aBbA----b-|", as: Item.init, gives: "---a-bA---(b|)") {
      $0[0].keyed(by: \.key, to: String.self, idle: .hours(1)) {
        $0.map(to: String.self) { $0.mark }.debounce(asOne: .seconds(3))
      }
    }
  }

  @Test func `a key too many is dropped, and what is watched stays watched`() {
    let bench = expectMarbles("abcAB--|", as: Item.init, gives: "ab-AB--|") {
      $0[0].keyed(by: \.key, to: Item.self, limit: 2) { $0.filter { _ in true } }
    }
    expectNoDifference(bench.node("keyed")?.dropsByReason, [.keyLimit: 1, .summarised: 4])
  }

  @Test func `a critical alert is never a key too many`() {
    expectMarbles("wWC|", as: MarkedAlert.init, gives: "w-C|") {
      $0[0].keyed(by: \.key, to: MarkedAlert.self, limit: 1) { $0.filter { _ in true } }
    }
  }

  @Test func `an idle key is forgotten and starts afresh`() {
    expectMarbles("aa--a-----a|", as: Item.init, gives: "a---------a|") {
      $0[0].keyed(by: \.key, to: Item.self, idle: .seconds(4)) { $0.changed() }
    }
  }

  @Test func `a key that waits for a deadline is not idle`() {
    expectMarbles("a--------|", as: letter, gives: "------a--|") {
      $0[0].keyed(by: { $0 }, to: String.self, idle: .seconds(2)) {
        $0.debounce(asOne: .seconds(6))
      }
    }
  }

  @Test func `what waits in a chain of chains is delivered before it is taken down`() {
    expectMarbles("a-a-------|", as: letter, gives: "--a-a-----|") {
      $0[0].keyed(by: { $0 }, to: String.self, idle: .seconds(2)) {
        $0.keyed(by: { $0 }, to: String.self, limit: 9) { $0.debounce(asOne: .seconds(6)) }
      }
    }
  }

  @Test func `at the end every chain delivers what is pending`() {
    expectMarbles("abc-|", as: letter, gives: "----(abc|)") {
      $0[0].keyed(by: { $0 }, to: String.self, limit: 9) { $0.debounce(asOne: .seconds(6)) }
    }
  }

  @Test func `a cancel takes all chains down`() {
    expectMarbles("abc-----", as: letter, cancelAfter: 2, gives: "--------") {
      $0[0].keyed(by: { $0 }, to: String.self, idle: .seconds(4)) {
        $0.debounce(asOne: .seconds(3))
      }
    }
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

  @Test func `all keys count at the same nodes`() {
    let bench = expectMarbles("aBcA|", as: Item.init, gives: "-B-A|") {
      $0[0].keyed(by: \.key, to: Item.self, limit: 9) { $0.filter { $0.isUpper } }
    }
    expectNoDifference(bench.node("filter")?.received, 4)
    expectNoDifference(bench.nodes.map(\.kind), ["keyed", "filter"])
  }
}
