import CustomDump
import OpenCombine
import Synchronization
import Testing

@testable import Tocsin

@Suite struct SelectiveInletTests {
  let world = Timeline.virtual()
  let lane: Lane
  let outlet = Outlet<Int>("numbers")

  init() { lane = world.lane("test") }

  /// The even numbers, as words.
  private func evens(_ overflow: Overflow = .unbounded) -> SelectiveInlet<Int, String> {
    SelectiveInlet(outlet, on: lane, overflow: overflow) { $0 % 2 == 0 ? "\($0)" : nil }
  }

  private func send(_ values: [Int], sameLane: Bool) {
    if sameLane {
      world.perform(on: lane) { outlet.send(contentsOf: values) }
    } else {
      outlet.send(contentsOf: values)
    }
    world.settle()
  }

  @Test(arguments: [true, false])
  func `delivers what is selected in order, and counts the rest`(sameLane: Bool) {
    let asker = Asker<String>(.unlimited)
    let inlet = evens()
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    send([1, 2, 3, 4, 5], sameLane: sameLane)
    send([6], sameLane: sameLane)
    expectNoDifference(asker.values, ["2", "4", "6"])
    expectNoDifference(inlet.node.dropsByReason, [.filtered: 3])
    #expect(inlet.node.received == 6 && inlet.node.isBalanced && inlet.node.held == 0)
    #expect(inlet.node.id == "numbers" && outlet.subscriberCount == 1)
  }

  @Test func `what another thread sent and nobody selected is counted with what comes next`() {
    let asker = Asker<String>(.unlimited)
    let inlet = evens()
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    send([1, 3, 5], sameLane: false)
    #expect(inlet.node.received == 0 && inlet.node.isBalanced)
    send([2], sameLane: false)
    #expect(inlet.node.received == 4 && inlet.node.dropsByReason == [.filtered: 3])
    send([7], sameLane: false)
    world.perform(on: lane) { asker.cancel() }
    #expect(inlet.node.received == 5 && inlet.node.dropsByReason == [.filtered: 4])
  }

  @Test(arguments: [true, false])
  func `only what is selected takes room`(sameLane: Bool) {
    let asker = Asker<String>()
    let inlet = evens(.dropOldest(2))
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    send(Array(0..<9), sameLane: sameLane)
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    expectNoDifference(asker.values, ["6", "8"])
    expectNoDifference(inlet.node.dropsByReason, [.filtered: 4, .bufferFull: 3])
  }

  @Test func `a cancel closes it, and the end of the outlet comes after what was sent`() {
    let (first, second) = (Asker<String>(.unlimited), Asker<String>(.unlimited))
    world.perform(on: lane) {
      evens().receive(subscriber: first)
      evens().receive(subscriber: second)
      first.cancel()
      outlet.send(2)
      outlet.finish()
    }
    world.settle()
    expectNoDifference(first.values, [])
    expectNoDifference(second.values, ["2"])
    #expect(first.completions == 0 && second.completions == 1 && outlet.subscriberCount == 0)
  }

  @Test func `consumers of one lane receive in the order in which they subscribed`() {
    let log = Log<String>()
    world.perform(on: lane) {
      Inlet(outlet, on: lane).each { log.add("all \($0)") }
      evens().each { log.add("even \($0)") }
      Inlet(outlet, on: lane).each { log.add("again \($0)") }
      outlet.send(contentsOf: [1, 2])
    }
    expectNoDifference(
      log.entries,
      ["all 1", "all 2", "even 2", "again 1", "again 2"]
    )
  }

  @Test func `a producer that can wait waits for room behind a selection`() async {
    let live = Timeline.live()
    let lane = live.lane("live")
    let outlet = Outlet<Int>("numbers")
    let slow = SlowKeeper(on: lane)
    await slow.open(outlet)
    for number in 0..<200 { await outlet.deliver(number) }
    outlet.finish()
    await lane.drained()
    let (values, most) = await slow.result
    expectNoDifference(values, (0..<100).map { "\($0 * 2)" })
    #expect(most <= 5, "more waited than there was room for")
    await live.shutdown()
  }

  @Test(arguments: 0..<50)
  func `in event time it does what an inlet and a map do, at the same instants`(seed: Int) throws {
    let (plain, selective) = try (run(seed, isSelective: false), run(seed, isSelective: true))
    expectNoDifference(selective, plain, "seed \(seed)")
    #expect(!plain.isEmpty)
  }

  /// What a graph of two sources tells, with its instants.
  private func run(_ seed: Int, isSelective: Bool) throws -> [String] {
    let told = Mutex<[String]>([])
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("desk")
    @Sendable func note(_ words: String) { told.withLock { $0.append(words) } }
    let graph = MonitorGraph("desk") { lane in
      let numbers = lane.input("numbers", of: DatedNumber.self)
      let choose: @Sendable (DatedNumber) -> DatedNumber? = { $0.value % 3 == 0 ? $0 : nil }
      if isSelective {
        Tap(numbers, selecting: DatedNumber.self, choose).debounce(.nanoseconds(7)).each {
          note("\($0.value) at \(lane.now)")
        }
      } else {
        Tap(numbers).compactMap(to: DatedNumber.self, choose).debounce(.nanoseconds(7)).each {
          note("\($0.value) at \(lane.now)")
        }
      }
    }
    let running = try graph.start(on: lane, in: world)
    try DatedNumber.send(
      seed,
      to: running.input("numbers", of: DatedNumber.self),
      on: lane,
      in: world
    )
    return told.withLock(\.self)
  }
}

/// A number with its instant.
private struct DatedNumber: KeyedEvent, Sendable {
  var value: Int
  var instant: Instant
  var key: Int { value }

  /// Two sources with spans of random sizes, at different instants.
  static func send(_ seed: Int, to outlet: Outlet<DatedNumber>, on lane: Lane, in world: Timeline)
    throws
  {
    var random = EngineRandom(seed: UInt64(seed))
    let sources = world.perform(on: lane) {
      (0..<2).map { number -> (Feed<DatedNumber>, EventSource) in
        let feed = Feed<DatedNumber>("source \(number)", on: lane, instant: \.instant)
        feed.each { outlet.send($0) }
        return (feed, lane.addSource())
      }
    }
    var clocks = [Int64](repeating: 0, count: 2)
    for _ in 0..<40 {
      let source = Int.random(in: 0..<2, using: &random)
      let events = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        clocks[source] += Int64.random(in: 0...6, using: &random)
        return DatedNumber(
          value: Int.random(in: 0..<9, using: &random),
          instant: Instant(nanoseconds: clocks[source])
        )
      }
      world.perform(on: lane) {
        sources[source].0.send(contentsOf: events)
        sources[source].1.reached(Instant(nanoseconds: clocks[source]))
      }
    }
    world.perform(on: lane) { for (_, source) in sources { source.finish() } }
  }
}

/// Takes one value at a time.
private actor SlowKeeper: LaneActor {
  nonisolated let lane: Lane
  private var asker: Asker<String>?
  private var node: Node?
  private var most = 0

  init(on lane: Lane) { self.lane = lane }

  func open(_ outlet: Outlet<Int>) {
    let inlet = SelectiveInlet(outlet, on: lane, overflow: .suspend(4)) {
      $0 % 2 == 0 ? "\($0)" : nil
    }
    let asker = Asker<String>(.unlimited)
    inlet.receive(subscriber: asker)
    asker.onValue = { [unowned self] _ in
      assumeIsolated { $0.most = max($0.most, $0.node?.held ?? 0) }
      return .none
    }
    (self.asker, node) = (asker, inlet.node)
  }

  var result: ([String], Int) { (asker?.values ?? [], most) }
}
