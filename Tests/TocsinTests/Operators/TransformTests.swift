import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct TransformTests {
  @Test func `filter lets through what a condition holds for`() {
    let bench = expectMarbles("-a-B-c-D-|", as: Item.init, gives: "---B---D-|") {
      $0[0].filter { $0.isUpper }
    }
    expectNoDifference(bench.node("filter")?.dropsByReason, [.filtered: 2])
  }

  @Test func `update changes every value in place`() {
    expectMarbles("-a-b|", as: letter, gives: "-A-B|") {
      $0[0].update { $0 = $0.uppercased() }
    }
  }

  @Test func `map makes another value of each and drops what it makes nil of`() {
    expectMarbles("-a-2-x-7|", as: letter, gives: "---3---8|") {
      $0[0].compactMap(to: Int.self) { Int($0).map { $0 + 1 } }
    }
  }

  @Test func `changed lets through what differs`() {
    expectMarbles("a-a-b-b-a-|", as: letter, gives: "a---b---a-|") { $0[0].changed() }
    expectMarbles("a-A-b-B-a-|", as: Item.init, gives: "a---b---a-|") {
      $0[0].changed(in: \.key)
    }
  }

  @Test func `a rule of one's own decides, and a timed one acts when time passes`() {
    expectMarbles("-a-a-b|", as: letter, gives: "-a---b|") { $0[0].rule(Changed()) }
    expectMarbles("-a-b-----|", as: letter, gives: "------b--|") {
      $0[0].timed(Debounce(.seconds(3)))
    }
  }

  @Test func `erased changes nothing`() {
    let bench = expectMarbles("-a-B-c-D-|", as: Item.init, gives: "---B---D-|") { taps in
      let kept = taps[0].filter { $0.isUpper }
      return Tap<Erased<Item>>(kept.upstream.erased(), kept.node, on: kept.lane)
    }
    expectNoDifference(bench.node("filter")?.passed, 2)
  }

  @Test func `a cancel ends them at once, and they leave nothing`() {
    expectMarbles("-a-b-c-|", as: letter, cancelAfter: 3, gives: "-a-b----") {
      $0[0].filter { _ in true }.update { _ in }.map(to: String.self) { $0 }.changed()
    }
  }

  @Test func `what they drop is asked for again`() {
    let bench = Bench<Item, Item>(demand: 2) { $0[0].filter { $0.isUpper } }
    bench.at(second: 1) { bench.feeds[0].send(contentsOf: "abAcBC".map(Item.init)) }
    expectNoDifference(bench.probe.happened.map(\.text), ["A", "B"])
    expectNoDifference(bench.feeds[0].node.dropsByReason, [.noDemand: 1])
    expectNoDifference(bench.breaches(isDone: false), [])
  }

  @Test func `ends in closures and outlets give every value, and cancel with their wire`() {
    let world = Timeline.virtual()
    let lane = world.lane("ends")
    let outlet = Outlet<Int>("numbers")
    let (log, sent) = (Log<Int>(), Log<Int>())
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let tap = Tap<Feed<Int>>(feed, feed.node, on: lane)
      let wires = [tap.each { log.add($0) }, tap.send(to: outlet)]
      Tap<Inlet<Int>>(outlet).upstream.each { sent.add($0) }
      feed.send(contentsOf: [1, 2])
      for wire in wires { wire.cancel() }
      feed.send(3)
    }
    world.settle()
    expectNoDifference(log.entries, [1, 2])
    expectNoDifference(sent.entries, [1, 2])
  }
}
