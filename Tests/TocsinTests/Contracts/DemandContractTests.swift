import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about demand, cancellation and books, and no other test holds.
@Suite struct DemandContractTests {
  enum Way: CaseIterable { case feed, edge, merge }

  /// Gives the numbers 0 ..< 10 to a subscriber, at once, by one way or another.
  private func give(to asker: Asker<Int>, by way: Way, isEventTime: Bool) -> Node {
    let world = Timeline.virtual()
    let lane = isEventTime ? world.eventTimeLane("test") : world.lane("test")
    let (feed, outlet) = (Feed<Int>(on: lane), Outlet<Int>())
    let (inlet, node) = (Inlet(outlet, on: lane), Node("merge"))
    world.perform(on: lane) {
      switch way {
      case .feed: feed.receive(subscriber: asker)
      case .edge: inlet.receive(subscriber: asker)
      case .merge: Merged([feed.erased()], on: lane, node: node).receive(subscriber: asker)
      }
      feed.send(contentsOf: Array(0..<10))
      outlet.send(contentsOf: Array(0..<10))
    }
    switch way {
    case .feed: return feed.node
    case .edge: return inlet.node
    case .merge: return node
    }
  }

  @Test(arguments: Way.allCases, [true, false])
  func `demand that a subscriber gives back while it receives is honoured`(
    way: Way,
    isEventTime: Bool
  ) {
    let asker = Asker<Int>(.max(1))
    asker.onValue = { $0 < 3 ? .max(1) : .none }
    let node = give(to: asker, by: way, isEventTime: isEventTime)
    expectNoDifference(asker.values, [0, 1, 2, 3])
    #expect(node.isBalanced && node.held == (way == .feed ? 0 : 6))
  }

  @Test(arguments: Way.allCases, [true, false])
  func `demand that a subscriber gives back when it has cancelled is none`(
    way: Way,
    isEventTime: Bool
  ) {
    let asker = Asker<Int>(.max(2))
    asker.onValue = { [unowned asker] _ in
      asker.cancel()
      return .max(5)
    }
    let node = give(to: asker, by: way, isEventTime: isEventTime)
    expectNoDifference(asker.values, [0])
    #expect(node.isBalanced && node.held == 0)
  }

  @Test func `what comes while what was kept is delivered comes behind it`() {
    let bench = Bench<Int, Int>(inputs: 2, demand: 0) { Merge($0[0], $0[1]) }
    bench.probe.onValue = { [unowned bench] in if $0 == 1 { bench.feeds[0].send(9) } }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: [1, 2, 3]) }
    bench.at(second: 1) { bench.probe.ask(nil) }
    expectNoDifference(bench.probe.happened.map(\.text), ["1", "2", "3", "9"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `what a feed gives from within a delivery and nobody asked for is counted`() {
    let world = Timeline.virtual()
    let lane = world.lane("test")
    world.perform(on: lane) {
      let (outer, inner) = (Feed<Int>(on: lane), Feed<Int>(on: lane))
      let asker = Asker<Int>(.max(1))
      inner.receive(subscriber: asker)
      outer.each { inner.send($0) }
      outer.send(contentsOf: [1, 2, 3])
      expectNoDifference(asker.values, [1])
      expectNoDifference(
        inner.node.books,
        "received 3, made 0, passed 1, held 0, dropped 2 no demand"
      )
    }
  }

  /// A stock publisher that gives on after its subscriber has cancelled.
  private final class Rude: Publisher {
    typealias Output = Int
    typealias Failure = Never
    private(set) var give: (Int) -> Void = { _ in }

    func receive<S: Subscriber>(subscriber: S) where S.Input == Int, S.Failure == Never {
      give = { _ = subscriber.receive($0) }
      subscriber.receive(subscription: Subscriptions.empty)
    }
  }

  @Test func `what a source gives after a cancel is counted and goes nowhere`() {
    let rude = Rude()
    let bench = Bench<Int, Pair<Int, Int>> { Zip(Tap<Stock<Rude>>(stock: rude, named: "r"), $0[0]) }
    bench.at(second: 0) {
      bench.probe.cancel()
      rude.give(1)
    }
    expectNoDifference(bench.probe.happened.map(\.text), [])
    expectNoDifference(
      bench.node("zip")?.books,
      "received 1, made 0, passed 0, held 0, dropped 1 cancelled"
    )
  }

  @Test func `a cancel counts what nobody asked for yet, and what still waits`() {
    let bench = Bench<Int, Int>(demand: 0) { $0[0].debounce(asOne: .seconds(1)) }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    bench.at(second: 2) {
      bench.feeds[0].send(2)
      bench.probe.cancel()
    }
    expectNoDifference(
      bench.node("debounce")?.books,
      "received 2, made 0, passed 0, held 0, dropped 2 cancelled"
    )
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `a reason that comes again goes on counting`() {
    let node = Node("step")
    for reason in [.filtered, .inCooldown, .filtered, .filtered, .inCooldown] as [Reason] {
      node.drop(reason)
    }
    node.drop(.filtered, 3)
    expectNoDifference(node.dropsByReason, [.filtered: 6, .inCooldown: 2])
    expectNoDifference(node.dropped, 8)
  }
}
