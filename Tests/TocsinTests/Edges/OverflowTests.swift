import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// A numbered alert.
struct Numbered: Alerting, Hashable, CustomStringConvertible {
  var number: Int
  var severity: Severity
  var key: Int { 0 }
  var phase: Phase { .firing }
  var occurrences: Int {
    get { 1 }
    set {}
  }

  var description: String { "\(severity == .critical ? "!" : "")\(number)" }
}

@Suite struct OverflowTests {
  let world = Timeline.virtual()
  let lane: Lane

  init() { lane = world.lane("test") }

  /// What 1,000 numbers leave in a buffer.
  func kept(_ overflow: Overflow, sameLane: Bool) -> (values: [Int], node: Node) {
    let outlet = Outlet<Int>()
    let asker = Asker<Int>()
    let inlet = Inlet(outlet, on: lane, overflow: overflow)
    world.perform(on: lane) { inlet.receive(subscriber: asker) }
    for number in 0..<1_000 {
      if sameLane { world.perform(on: lane) { outlet.send(number) } } else { outlet.send(number) }
      if number == 333 { world.settle() }
    }
    world.settle()
    world.perform(on: lane) { asker.ask(.unlimited) }
    world.settle()
    return (asker.values, inlet.node)
  }

  @Test(arguments: [true, false]) func `dropOldest keeps the newest`(sameLane: Bool) {
    let (values, node) = kept(.dropOldest(100), sameLane: sameLane)
    expectNoDifference(values, Array(900..<1_000))
    expectNoDifference(node.dropsByReason, [.bufferFull: 900])
  }

  @Test(arguments: [true, false]) func `dropNewest keeps the first`(sameLane: Bool) {
    let (values, node) = kept(.dropNewest(100), sameLane: sameLane)
    expectNoDifference(values, Array(0..<100))
    expectNoDifference(node.dropsByReason, [.bufferFull: 900])
  }

  @Test(arguments: [true, false], [Overflow.unbounded, .suspend(100)])
  func `unbounded, and suspend with a plain send, keep everything`(
    sameLane: Bool,
    overflow: Overflow
  ) {
    let (values, node) = kept(overflow, sameLane: sameLane)
    #expect(values == Array(0..<1_000) && node.dropped == 0)
  }

  @Test func `a limit below one is one`() {
    expectNoDifference(kept(.dropOldest(0), sameLane: true).values, [999])
    expectNoDifference(kept(.dropNewest(-5), sameLane: false).values, [0])
  }

  /// The naive model: one list.
  static func model(_ alerts: [Numbered], _ overflow: Overflow, _ held: inout [Numbered]) {
    for alert in alerts {
      guard held.count >= overflow.limit else {
        held.append(alert)
        continue
      }
      let victim = held.firstIndex { $0.severity != .critical }
      switch overflow {
      case .dropNewest where alert.severity != .critical: continue
      case .dropOldest where victim == nil && alert.severity != .critical: continue
      default:
        if let victim { held.remove(at: victim) }
        held.append(alert)
      }
    }
  }

  @Test func `no critical alert is ever dropped, and the rest is as in a naive model`() {
    for seed in 0..<400 as Range<UInt64> {
      var random = EngineRandom(seed: seed)
      let limit = 1 + random.below(8)
      let overflow: Overflow = random.below(2) == 0 ? .dropOldest(limit) : .dropNewest(limit)
      let outlet = Outlet<Numbered>()
      let asker = Asker<Numbered>()
      let inlet = Inlet(outlet, on: lane, overflow: overflow)
      world.perform(on: lane) { inlet.receive(subscriber: asker) }
      var (held, expected, sent): ([Numbered], [Numbered], [Numbered]) = ([], [], [])
      var asked = 0
      func take(_ held: inout [Numbered], _ asked: inout Int, _ taken: inout [Numbered]) {
        let count = min(held.count, asked)
        taken += held.prefix(count)
        held.removeFirst(count)
        asked -= count
      }
      for _ in 0..<60 {
        let span = (0..<random.below(6)).map {
          Numbered(number: sent.count + $0, severity: random.below(3) == 0 ? .critical : .info)
        }
        sent += span
        world.perform(on: lane) { outlet.send(contentsOf: span) }
        Self.model(span, overflow, &held)
        take(&held, &asked, &expected)
        #expect(inlet.node.isBalanced && inlet.node.held == held.count, "seed \(seed)")
        guard random.below(3) == 0 else { continue }
        let demand = 1 + random.below(4)
        world.perform(on: lane) { asker.ask(.max(demand)) }
        world.settle()
        asked += demand
        take(&held, &asked, &expected)
      }
      expectNoDifference(asker.values, expected, "seed \(seed)")
      world.perform(on: lane) { asker.ask(.unlimited) }
      world.settle()
      let criticals = { (alerts: [Numbered]) in alerts.filter { $0.severity == .critical } }
      expectNoDifference(criticals(asker.values), criticals(sent), "seed \(seed)")
      #expect(inlet.node.received == sent.count && inlet.node.held == 0)
    }
  }

  @Test func `no critical alert is dropped on its way between lanes either`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = EngineRandom(seed: seed)
      let limit = 1 + random.below(8)
      let outlet = Outlet<Numbered>()
      let asker = Asker<Numbered>()
      let inlet = Inlet(
        outlet,
        on: lane,
        overflow: random.below(2) == 0 ? .dropOldest(limit) : .dropNewest(limit)
      )
      world.perform(on: lane) { inlet.receive(subscriber: asker) }
      var sent: [Numbered] = []
      for number in 0..<300 {
        let alert = Numbered(number: number, severity: random.below(4) == 0 ? .critical : .warning)
        sent.append(alert)
        if random.below(2) == 0 {
          outlet.send(alert)
        } else {
          world.perform(on: lane) { outlet.send(alert) }
        }
        if random.below(9) == 0 { world.perform(on: lane) { asker.ask(.max(random.below(5))) } }
        if random.below(5) == 0 { world.settle() }
      }
      world.perform(on: lane) { asker.ask(.unlimited) }
      world.settle()
      let criticals = sent.filter { $0.severity == .critical }
      expectNoDifference(asker.values.filter { $0.severity == .critical }, criticals)
      #expect(asker.values.map(\.number) == asker.values.map(\.number).sorted())
      #expect(inlet.node.received == 300 && inlet.node.isBalanced && inlet.node.held == 0)
    }
  }
}
