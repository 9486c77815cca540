import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// Keeps what comes, in the isolation of its lane.
private actor Keeper<Value: Sendable>: LaneActor {
  nonisolated let lane: Lane
  private(set) var values: [Value] = []
  private var node: Node?
  private var asker: Asker<Value>?

  init(on lane: Lane) { self.lane = lane }

  func open(_ outlet: Outlet<Value>, _ overflow: Overflow = .unbounded) {
    let inlet = inlet(outlet, overflow: overflow)
    let asker = Asker<Value>(.unlimited)
    node = inlet.node
    inlet.receive(subscriber: asker)
    self.asker = asker
  }

  func forward(_ outlet: Outlet<Value>, to next: Outlet<Value>) {
    inlet(outlet).send(to: next)
  }

  func cancel() { asker?.cancel() }

  var result: (values: [Value], received: Int, passed: Int, dropped: Int, completions: Int) {
    (
      asker?.values ?? [], node?.received ?? 0, node?.passed ?? 0, node?.dropped ?? 0,
      asker?.completions ?? 0
    )
  }
}

@Suite struct ThreadTests {
  struct Event: Alerting, Hashable {
    var producer: Int
    var number: Int
    var severity: Severity
    var key: Int { producer }
    var phase: Phase { .firing }
    var occurrences: Int {
      get { 1 }
      set {}
    }
  }

  static func produce(_ outlet: Outlet<Event>, count: Int) async {
    await withTaskGroup { group in
      for producer in 0..<4 {
        group.addTask {
          for number in 0..<count {
            let severity: Severity = number % 100 == 0 ? .critical : .info
            outlet.send(Event(producer: producer, number: number, severity: severity))
          }
        }
      }
    }
  }

  @Test func `several threads lose nothing, and each is heard in its order`() async {
    let live = Timeline.live()
    let keeper = Keeper<Event>(on: live.lane("keeper"))
    let outlet = Outlet<Event>()
    await keeper.open(outlet)
    await Self.produce(outlet, count: 50_000)
    outlet.finish()
    await keeper.lane.drained()
    let result = await keeper.result
    for producer in 0..<4 {
      let numbers = result.values.lazy.filter { $0.producer == producer }.map(\.number)
      #expect(Array(numbers) == Array(0..<50_000))
    }
    #expect(result.received == 200_000 && result.dropped == 0 && result.completions == 1)
    await live.shutdown()
  }

  @Test(arguments: [Overflow.dropOldest(64), .dropNewest(64)])
  func `several threads' drops are counted exactly, and no critical is among them`(
    overflow: Overflow
  ) async {
    let live = Timeline.live()
    let keeper = Keeper<Event>(on: live.lane("keeper"))
    let outlet = Outlet<Event>()
    await keeper.open(outlet, overflow)
    await Self.produce(outlet, count: 25_000)
    await keeper.lane.drained()
    let result = await keeper.result
    #expect(result.received == 100_000)
    #expect(result.passed == result.values.count)
    #expect(result.passed + result.dropped == 100_000)
    for producer in 0..<4 {
      let mine = result.values.filter { $0.producer == producer }
      #expect(mine.map(\.number) == mine.map(\.number).sorted())
      #expect(mine.count { $0.severity == .critical } == 250)
    }
    await live.shutdown()
  }

  @Test(arguments: [1, 2]) func `two lanes pass everything on in order`(threads: Int) async {
    let live = Timeline.live(threads: threads)
    let (first, second) = (live.lane("first"), live.lane("second"))
    let (forwarder, keeper) = (Keeper<Int>(on: first), Keeper<Int>(on: second))
    let (outlet, next) = (Outlet<Int>(), Outlet<Int>())
    await keeper.open(next)
    await forwarder.forward(outlet, to: next)
    for number in 0..<100_000 { outlet.send(number) }
    await first.drained()
    await second.drained()
    #expect(await keeper.result.values == Array(0..<100_000))
    await live.shutdown()
  }

  @Test func `a stream over a lane gives a hundred thousand values in order`() async {
    let live = Timeline.live()
    let outlet = Outlet<Int>()
    let values = outlet.values(on: live.lane("live"))
    for number in 0..<100_000 { outlet.send(number) }
    outlet.finish()
    var next = 0
    for await value in values {
      if value != next { Issue.record("\(value) instead of \(next)") }
      next += 1
    }
    #expect(next == 100_000)
    await live.shutdown()
  }

  @Test func `a waiting producer on another thread loses nothing`() async {
    let live = Timeline.live()
    let keeper = Keeper<Int>(on: live.lane("keeper"))
    let outlet = Outlet<Int>()
    await keeper.open(outlet, .suspend(8))
    await withTaskGroup { group in
      for producer in 0..<4 {
        group.addTask { for number in 0..<2_500 { await outlet.deliver(producer + 4 * number) } }
      }
    }
    await keeper.lane.drained()
    let values = await keeper.result.values
    #expect(values.sorted() == Array(0..<10_000))
    await live.shutdown()
  }

  @Test func `subscribing and cancelling while threads send is safe`() async {
    let live = Timeline.live(threads: 2)
    let outlet = Outlet<Event>()
    let lanes = (0..<4).map { live.lane("lane \($0)") }
    let stays = Keeper<Event>(on: live.lane("stays"))
    await stays.open(outlet)
    await withTaskGroup { group in
      group.addTask { await Self.produce(outlet, count: 20_000) }
      for lane in lanes {
        group.addTask {
          for _ in 0..<50 {
            let keeper = Keeper<Event>(on: lane)
            await keeper.open(outlet, .dropOldest(16))
            await keeper.cancel()
          }
        }
      }
    }
    #expect(outlet.subscriberCount == 1)
    await stays.lane.drained()
    let heard = await stays.result.values
    for producer in 0..<4 {
      let numbers = heard.lazy.filter { $0.producer == producer }.map(\.number)
      #expect(Array(numbers) == Array(0..<20_000))
    }
    await live.shutdown()
  }

  @Test func `an idle live time line uses no processor time`() async {
    let live = Timeline.live(threads: 2)
    let lane = live.lane("idle")
    let used = SharedLog<Int64>()
    await lane.drained()
    lane.execute { used.add(ThreadTime.now()) }
    await lane.drained()
    // A loop that spins would get as much of the processor as this thread, however loaded it is.
    ThreadTime.work(for: 100_000_000)
    lane.execute { used.add(ThreadTime.now()) }
    await lane.drained()
    let spent = (used.entries.last ?? 0) - (used.entries.first ?? 0)
    #expect(spent < 20_000_000, "\(spent / 1_000) us of processor time beside 100 ms of work")
    await live.shutdown()
  }
}
