import CustomDump
import Foundation
import Testing

@testable import Tocsin

@Suite struct GraphPictureTests {
  static let pager = Outlet<Alert>("pager")
  static let samples = Outlet<Reading>("samples")
  static let hostile = "a \"b\" <c> & #35; \\ `d`\nend"

  @Test func `ids do not change when unrelated lines are added or change places`() throws {
    let some = MonitorGraph("some") { lane in
      Tap(Self.samples).filter { $0.level > 1 }.alert("high", .error)
        .route { Otherwise { Self.pager } }
    }
    let more = MonitorGraph("more") { lane in
      Tap(Outlet<Int>("other")).filter { $0 > 1 }.named("first").each { _ in }
      Tap(Self.samples).filter { $0.level > 1 }.alert("high", .error)
        .route { Otherwise { Self.pager } }
    }
    let (few, all) = (try some.plan().ids, try more.plan().ids)
    expectNoDifference(few, ["samples", "samples/filter", "high", "high/route", "→ pager"])
    expectNoDifference(all, ["other", "first", "first/each"] + few)
  }

  @Test func `a range of severities goes to the first entry that takes it`() throws {
    let outlets = ["page", "chat", "file"].map { Outlet<Alert>($0) }
    let graph = MonitorGraph("desk", sinks: outlets) { lane in
      Tap(lane.input("in", of: Alert.self)).route {
        On(.critical...) {
          "page"; "chat"
        }
        On(.warning ... .error) { "chat" }
        Otherwise { "file" }
      }
    }
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let logs = outlets.map { listen($0, on: lane, in: world) }
    let door = try graph.start(on: lane, in: world).input("in", of: Alert.self)
    for severity in Severity.allCases { door.send(Alert("a", severity)) }
    world.settle()
    expectNoDifference(
      logs.map(\.entries),
      [["0 a critical 1"], ["0 a warning 1", "0 a error 1", "0 a critical 1"], ["0 a info 1"]]
    )
  }

  @Test func `hostile names break no picture`() throws {
    let graph = MonitorGraph(Self.hostile) { lane in
      Tap(Outlet<Int>(Self.hostile)).each { _ in }
    }
    let picture = try graph.plan()
    let label = "a #quot;b#quot; #lt;c#gt; #amp; #35;35; \\ #96;d#96; end"
    expectNoDifference(
      picture.mermaid.split(separator: "\n").map(String.init),
      [
        "flowchart LR", "  n0([\"\(label)<br/>inlet\"])", "  n1[/\"\(label)/each\"/]",
        "  n0 --> n1",
      ]
    )
    let name = "a \\\"b\\\" <c> & #35; \\\\ `d` end"
    expectNoDifference(
      picture.dot.split(separator: "\n").map(String.init),
      [
        "digraph \"\(name)\" {", "  rankdir=LR;", "  node [shape=box, fontname=\"sans\"];",
        "  n0 [label=\"\(name)\\ninlet\", shape=oval];",
        "  n1 [label=\"\(name)/each\", shape=parallelogram];", "  n0 -> n1;", "}",
      ]
    )
    expectNoDifference(
      try JSONDecoder().decode(GraphPicture.self, from: Data(picture.json.utf8)),
      picture
    )
  }

  @Test(arguments: [1, 2, 3])
  func `after any run every node accounts for what came in`(seed: UInt64) throws {
    let graph = MonitorGraph("desk") { lane in
      let samples = lane.input("in", of: Reading.self)
      Tap(samples).filter { $0.level > 0 }.debounce(.milliseconds(5), maxWait: .milliseconds(12))
        .alert("burst", .warning).cooldown(.milliseconds(20)).escalate(
          after: .milliseconds(9)
        )
        .route { Otherwise { Self.pager } }
      Tap(samples).keyed(by: \.symbol, limit: 3) { tap in
        tap.map(to: Int.self) { $0.level }.window(count: 2).alert("pair", .info)
      }.route { Otherwise { Self.pager } }
    }
    let world = Timeline.virtual()
    let running = try graph.start(on: world.lane("desk"), in: world)
    let door = try running.input("in", of: Reading.self)
    var random = EngineRandom(seed: seed)
    for _ in 0..<400 {
      door.send(Reading(["A", "B", "C", "D"][random.below(4)], random.below(3)))
      world.advance(by: .milliseconds(random.below(8)))
      expectNoDifference(
        running.snapshot(in: world).nodes.filter { !$0.isConserved }.map(\.id),
        []
      )
    }
    let picture = running.snapshot(in: world)
    let keyed = try picture.node("in~2/keyed")
    #expect(try picture.node("in~2/keyed/map").received == 400 - (keyed.dropped["key limit"] ?? 0))
    #expect(picture.mermaid.contains("in 400"))
    expectNoDifference(
      try JSONDecoder().decode(GraphPicture.self, from: Data(picture.json.utf8)),
      picture
    )
    running.stop(in: world)
    #expect(running.snapshot(in: world).isBalanced)
  }
}
