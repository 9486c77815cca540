import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// What docs/contracts.md says about order and demand, and no other test holds.
@Suite struct OrderContractTests {
  /// The sources in the order in which their events of one instant come out.
  private func order(sent: [Int], built: [Int]) -> [Int] {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("events")
    let log = Log<Int>()
    world.perform(on: lane) {
      let outlets = [Outlet<Dated>(), Outlet<Dated>()]
      let feeds = outlets.map { _ in Feed<Dated>(on: lane, instant: \.at) }
      for (feed, outlet) in zip(feeds, outlets) { feed.send(to: outlet) }
      Merged(built.map { Inlet(outlets[$0], on: lane).erased() }, on: lane)
        .each { log.add($0.value) }
      for source in sent { feeds[source].send(Dated(5, source)) }
      lane.advance(to: .ms(5))
    }
    return log.entries
  }

  @Test func `in event time two sources of one instant come in the order of the graph`() {
    let first = order(sent: [0, 1], built: [0, 1])
    #expect(first.sorted() == [0, 1])
    #expect(order(sent: [1, 0], built: [0, 1]) == first, "not in the order of sending")
    #expect(order(sent: [0, 1], built: [1, 0]) == first.reversed())
  }

  @Test func `in event time the consumers of an outlet receive in the opposite order`() {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("events")
    let log = Log<String>()
    world.perform(on: lane) {
      let (feed, outlet) = (Feed<Dated>(on: lane, instant: \.at), Outlet<Dated>())
      for name in ["a", "b", "c"] { Inlet(outlet, on: lane).each { log.add("\(name)\($0.value)") } }
      feed.send(to: outlet)
      feed.send(contentsOf: [Dated(5, 1), Dated(6, 2)])
      lane.advance(to: .ms(9))
    }
    expectNoDifference(log.entries, ["c1", "b1", "a1", "c2", "b2", "a2"])
  }

  @Test func `two lanes see each other's events later, at turns of their own`() {
    let world = Timeline.virtual()
    let (near, far) = (world.lane("near"), world.lane("far"))
    let outlet = Outlet<Int>()
    let log = SharedLog<String>()
    Inlet(outlet, on: far).each { log.add("\($0) on \(Lane.current?.name ?? "no lane")") }
    world.perform(on: near) {
      outlet.send(1)
      log.add("sent")
    }
    log.add("over")
    world.settle()
    expectNoDifference(log.entries, ["sent", "over", "1 on far"])
  }

  @Test(arguments: [true, false])
  func `what one of several subscribers did not ask for is counted`(isEventTime: Bool) {
    let world = Timeline.virtual()
    let lane = isEventTime ? world.eventTimeLane("feed") : world.lane("feed")
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let (all, one, none) = (Asker<Int>(.unlimited), Asker<Int>(.max(1)), Asker<Int>())
      for asker in [all, one, none] { feed.receive(subscriber: asker) }
      feed.send(contentsOf: [1, 2, 3])
      expectNoDifference([all.values, one.values, none.values], [[1, 2, 3], [1], []])
      expectNoDifference(
        feed.node.books,
        "received 3, made 5, passed 3, held 0, dropped 5 no demand"
      )
      all.cancel()
      feed.send(4)
      expectNoDifference(
        feed.node.books,
        "received 4, made 6, passed 3, held 0, dropped 7 no demand"
      )
    }
  }

  @Test func `who cancels within a span has asked for nothing that is counted`() {
    let world = Timeline.virtual()
    let lane = world.lane("feed")
    world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      let (all, short) = (Asker<Int>(.unlimited), Asker<Int>(.unlimited))
      for asker in [all, short] { feed.receive(subscriber: asker) }
      short.onValue = { [unowned short] _ in
        short.cancel()
        return .none
      }
      feed.send(contentsOf: [1, 2, 3])
      expectNoDifference([all.values, short.values], [[1, 2, 3], [1]])
      expectNoDifference(feed.node.books, "received 3, made 0, passed 3, held 0, dropped none")
    }
  }

  /// A stock publisher that notes what it is asked for.
  private struct Asked<Output>: Publisher {
    typealias Failure = Never
    let demands = Log<Subscribers.Demand>()

    func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
      subscriber.receive(subscription: Noting(demands: demands))
    }

    final class Noting: Subscription {
      let demands: Log<Subscribers.Demand>
      init(demands: Log<Subscribers.Demand>) { self.demands = demands }
      func request(_ demand: Subscribers.Demand) { demands.add(demand) }
      func cancel() {}
    }
  }

  private typealias Source = Tap<Stock<Asked<MarkedAlert>>>

  private func demands<Chain: FlowPublisher>(
    of build: (Source) -> Tap<Chain>
  ) -> [Subscribers.Demand] {
    let asked = Asked<MarkedAlert>()
    let bench = Bench<MarkedAlert, Chain.Output>(inputs: 0) { _ in
      build(Source(stock: asked, named: "asked"))
    }
    bench.at(second: 1)
    return asked.demands.entries
  }

  @Test func `chains ask for everything, and once`() {
    let everything: [Subscribers.Demand] = [.unlimited]
    let keys = Outlet<Int>("keys")
    expectNoDifference(demands { $0 }, everything)
    expectNoDifference(demands { $0.filter { _ in true }.update { _ in }.changed() }, everything)
    expectNoDifference(demands { $0.debounce(.seconds(1)) }, everything)
    expectNoDifference(demands { $0.hold(for: .seconds(1)) { _ in true } }, everything)
    expectNoDifference(demands { $0.absence(of: .seconds(1)) }, everything)
    expectNoDifference(demands { $0.window(count: 3) }, everything)
    expectNoDifference(demands { $0.cooldown(.seconds(1)) }, everything)
    expectNoDifference(
      demands {
        $0.escalate(.unacknowledged(after: .seconds(1)), acknowledgements: keys)
      },
      everything
    )
    expectNoDifference(
      demands { $0.keyed(by: \.key, to: MarkedAlert.self, limit: 3) { $0 } },
      everything
    )
    expectNoDifference(demands { Merge($0, $0) }, everything + everything)
    expectNoDifference(demands { Zip($0, $0) }, everything + everything)
    expectNoDifference(demands { CombineLatest($0, $0) }, everything + everything)
  }

  @Test func `the end of a chain asks for everything, and once`() {
    let world = Timeline.virtual()
    let lane = world.lane("ends")
    let asked = [Asked<Int>(), Asked<Int>(), Asked<Int>()]
    world.perform(on: lane) {
      let taps = asked.map { Tap<Stock<Asked<Int>>>(stock: $0, named: "asked") }
      _ = taps[0].each { _ in }
      _ = taps[1].send(to: Outlet<Int>())
      _ = taps[2].upstream.each { _ in }
    }
    expectNoDifference(asked.map(\.demands.entries), [[.unlimited], [.unlimited], [.unlimited]])
  }
}
