//! An alert rule, from its first failing test to every schedule.

// snippet.rule
import Tocsin

struct Spread: KeyedEvent, Equatable {
  var symbol: String
  var basisPoints: Double
  var key: String { symbol }
}

/// A spread that stays wide for ten seconds is worth a warning.
let spreads = MonitorGraph("spreads", sinks: [Outlet<Alert>("chat")]) { lane in
  Tap(lane.input("quotes", of: Spread.self))
    .hold(for: .seconds(10)) { $0.basisPoints > 20 }
    .alert("spread.wide", .warning, subject: { $0.value.symbol })
    .cooldown(.minutes(5))
    .route { Otherwise { "chat" } }
}
// snippet.end

// snippet.first
import Testing
import TocsinTesting

@Test func `a spread that stays wide is told once`() throws {
  let run = try rehearse(spreads) {
    On("quotes") {
      Every(.seconds(1), until: .seconds(30)) { Spread(symbol: "ESZ6", basisPoints: 25) }
      At(.seconds(31)) { Spread(symbol: "ESZ6", basisPoints: 5) }
    }
  }
  run.expect("chat") {
    At(.seconds(10)) { Fired("spread.wide", .warning, subject: "ESZ6") }
    At(.seconds(31)) { Resolved("spread.wide") }
    Silence()
  }
}
// snippet.end

// snippet.chain
@Test func `one narrow quote begins the ten seconds anew`() throws {
  let quotes: [String: Double] = ["w": 25, "n": 5]
  let run = try rehearse(.marbles("w . . . n w 9s . .", quotes)) {
    $0.hold(asOneFor: .seconds(10)) { $0 > 20 }.map(to: String.self) { "\($0.phase)" }
  }
  run.expect { At(.seconds(15)) { "firing" } }
}
// snippet.end

// snippet.books
@Test func `what does not pass is counted with its reason`() throws {
  let run = try rehearse("a . b . c . . . |") { $0.debounce(asOne: .seconds(3)) }
  run.expect(marbles: ". . . . . . . c |")
  #expect(try run.books(of: "debounce").dropped == [.superseded: 2])
}
// snippet.end

// snippet.trace
@Test func `ten seconds of the way are the rule's`() throws {
  let run = try rehearse(spreads) {
    On("quotes") { At(.zero) { Spread(symbol: "ESZ6", basisPoints: 25) } }
  }
  try run.trace(of: "spread.wide").expect {
    Step("hold", took: .seconds(10))
  }
  #expect(try run.latency(from: .ingest, to: .decided).max == .seconds(10))
}
// snippet.end

// snippet.world
/// Counts what it is told; an actor of your own.
actor Position: LaneActor {
  nonisolated let lane: Lane
  private(set) var quantity = 0
  init(on lane: Lane) { self.lane = lane }

  func fill(_ count: Int) { quantity += count }
}

@Test(.virtualTime) func `a day passes in no time`() async throws {
  let world = try #require(VirtualWorld.current)
  let position = Position(on: world.lane("position"))
  let fills = world.spawn("fills") {
    for _ in 0..<1_440 {
      await position.fill(1)
      await world.advance(by: .minutes(1))
    }
  }
  await advance(by: .days(1))
  #expect(await position.quantity == 1_440)
  await fills.value
}
// snippet.end

// snippet.schedules
@Test(.virtualTime, .schedules(200)) func `no fill is lost, in any order`() async throws {
  let world = try #require(VirtualWorld.current)
  let position = Position(on: world.lane("position"))
  await withTaskGroup { group in
    for _ in 0..<10 { group.addTask { await position.fill(1) } }
  }
  #expect(await position.quantity == 10)
}
// snippet.end

// snippet.property
@Test func `a cooldown keeps five minutes between two warnings, whatever comes`() {
  let alerts = StreamGenerator<Alert>(count: 0...200, around: .minutes(5)) { random in
    Alert("spread.wide", .warning, subject: random.pick(["ESZ6", "NQZ6"]))
  }
  forAll(seeds: 200, alerts) { events in
    let run = try rehearse(ByEventKey(Cooldown<Alert>(.minutes(5))), EventTimeline(events))
    let told = run.output.moments.map(\.offset)
    #expect(zip(told, told.dropFirst(2)).allSatisfy { $1 - $0 >= .minutes(5) })  // Two symbols.
  }
}
// snippet.end
