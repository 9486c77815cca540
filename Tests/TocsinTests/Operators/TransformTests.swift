import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct TransformTests {
  @Test func `filter lets through what a condition holds for`() throws {
    let run = try rehearse(". a . B . c . D . |", of: Item.self) {
      $0.filter { $0.isUpper }
    }
    run.expect(marbles: ". . . B . . . D . |")
    expectNoDifference(try run.books(of: "filter").dropped, [.filtered: 2])
  }

  @Test func `update changes every value in place`() throws {
    try rehearse(". a . b |") {
      $0.update { $0 = $0.uppercased() }
    }
    .expect(marbles: ". A . B |")
  }

  @Test func `map makes another value of each and drops what it makes nil of`() throws {
    try rehearse(". a . 2 . x . 7 |") {
      $0.compactMap(to: Int.self) { Int($0).map { $0 + 1 } }
    }
    .expect(marbles: ". . . 3 . . . 8 |")
  }

  @Test func `changed lets through what differs`() throws {
    try rehearse("a . a . b . b . a . |") { $0.changed() }
      .expect(marbles: "a . . . b . . . a . |")
    try rehearse("a . A . b . B . a . |", of: Item.self) {
      $0.changed(in: \.key)
    }
    .expect(marbles: "a . . . b . . . a . |")
  }

  @Test func `a rule of one's own decides, and a timed one acts when time passes`() throws {
    try rehearse(". a . a . b |") { $0.rule(Changed()) }
      .expect(marbles: ". a . . . b |")
    try rehearse(". a . b . . . . . |") {
      $0.timed(Debounce(.seconds(3)))
    }
    .expect(marbles: ". . . . . . b . . |")
  }

  @Test func `erased changes nothing`() throws {
    let run = try rehearse(". a . B . c . D . |", of: Item.self) { tap in
      let kept = tap.filter { $0.isUpper }
      return Tap<Erased<Item>>(kept.upstream.erased(), kept.node, on: kept.lane)
    }
    run.expect(marbles: ". . . B . . . D . |")
    expectNoDifference(try run.books(of: "filter").passed, 2)
  }

  @Test func `a cancel ends them at once, and they leave nothing`() throws {
    try rehearse(". a . (b !) . c . |") {
      $0.filter { _ in true }.update { _ in }.map(to: String.self) { $0 }.changed()
    }
    .expect(marbles: ". a . b")
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
