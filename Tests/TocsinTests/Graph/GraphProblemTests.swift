import CustomDump
import Testing

@testable import Tocsin

@Suite struct GraphProblemTests {
  static let levels = Outlet<Int>("levels")
  static let alerts = Outlet<Alert>("alerts")
  static let slack = Outlet<Alert>("slack")

  @Test func `a chain that nothing takes anything from`() {
    let graph = MonitorGraph("desk") { lane in
      let _ = Tap(Self.levels).debounce(asOne: .seconds(1))
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": Nothing takes what \"levels/debounce\" gives. End the chain in .route { }, "
        + ".each { } or .send(to:), or merge it into one that does."
    )
  }

  @Test func `an alert that reaches no route`() {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).alert("level", .error).cooldown(.seconds(1)).each { _ in }
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": Alert \"level\" reaches no route: nobody would be told. End its chain in "
        + ".route { }, or merge it into one that does."
    )
  }

  @Test func `an alert that is sent into an outlet, or merged into a route, is told to somebody`() {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).alert("a", .error).send(to: Self.slack)
      MergeAll(of: Alert.self) {
        Tap(Self.levels).alert("b", .error)
        Tap(Self.levels).alert("c", .error)
      }.route { Otherwise { Self.slack } }
    }
    expectNoDifference(complaint(graph), "")
  }

  @Test func `a severity that a route has no sink for`() {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).alert("level", .error)
        .route {
          On(.error...) { Self.slack }; On(.info) { Self.slack }
        }
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": A route has no sink for alerts of severity warning: they would be lost. "
        + "Add `Otherwise { ... }`."
    )
  }

  @Test func `two nodes of one name, and two inputs of one name`() {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).filter { $0 > 1 }.named("big").each { _ in }
      Tap(Self.levels).filter { $0 > 2 }.named("big").each { _ in }
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": 2 nodes are named \"big\". Give each a name of its own: counters, traces and "
        + "alert keys would be mixed up."
    )
    let doors = MonitorGraph("doors") { lane in
      Tap(lane.input("door", of: Int.self)).each { _ in }
      Tap(lane.input("door", of: Double.self)).each { _ in }
    }
    expectNoDifference(
      complaint(doors),
      "Graph \"doors\": Two inputs are named \"door\", an Outlet<Int> and an Outlet<Double>. Give "
        + "each a name of its own."
    )
  }

  @Test func `a keyed chain without a bound`() {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).keyed(by: { $0 % 10 }) { $0.alert("level", .error) }
        .route { Otherwise { Self.slack } }
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": A keyed chain keeps every key for ever. Give it `idle:`, after which a quiet "
        + "key is forgotten, or `limit:`, how many keys there may be."
    )
  }

  @Test func `a cycle that nothing slows down is found once, with its way`() {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).filter { $0 > 1 }.send(to: Self.levels)
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": A value can go round for ever in one instant: \"levels\" → \"levels/filter\" "
        + "→ \"→ levels\" → \"levels\". Put a debounce, a hold or a window into the cycle."
    )
  }

  @Test func `a cycle over two outlets is one problem, and one through a route is found`() {
    let back = Outlet<Int>("back")
    let two = MonitorGraph("desk") { lane in
      Tap(Self.levels).send(to: back)
      Tap(back).send(to: Self.levels)
    }
    #expect(complaint(two).hasPrefix("Graph \"desk\": A value can go round"))
    let routed = MonitorGraph("desk", sinks: [Self.alerts]) { lane in
      Tap(Self.alerts).escalate(after: .seconds(1)).route { Otherwise { "alerts" } }
    }
    #expect(complaint(routed).hasPrefix("Graph \"desk\": A value can go round"))
  }

  @Test func `a cycle through the second of two sinks of one name is found`() {
    let (first, back) = (Outlet<Alert>(), Outlet<Alert>())
    let graph = MonitorGraph("desk") { lane in
      Tap(back).escalate(after: .seconds(1)).route {
        Otherwise {
          first
          back
        }
      }
    }
    #expect(complaint(graph).hasPrefix("Graph \"desk\": A value can go round"))
  }

  @Test(arguments: [0, 1])
  func `a debounce makes a cycle safe, unless it waits for nothing`(seconds: Int) {
    let graph = MonitorGraph("desk") { lane in
      Tap(Self.levels).debounce(asOne: .seconds(seconds)).send(to: Self.levels)
    }
    #expect(complaint(graph).isEmpty == (seconds > 0))
  }

  @Test func `a sink that is not in the graph`() {
    let graph = MonitorGraph("desk", sinks: [Self.slack]) { lane in
      Tap(Self.alerts).route { Otherwise { "slak" } }
    }
    expectNoDifference(
      complaint(graph),
      "Graph \"desk\": The sink \"slak\" is not in the graph. "
        + "Did you mean \"slack\"? Known: slack."
    )
  }

  @Test func `all that is wrong comes in one error`() throws {
    let graph = MonitorGraph("desk", sinks: [Self.slack]) { lane in
      let _ = Tap(Self.levels).filter { $0 > 1 }
      Tap(Self.levels).keyed(by: { $0 }) { $0.alert("level", .error) }
        .route { On(.error) { "slack" } }
    }
    let error = #expect(throws: GraphError.self) { try graph.validate() }
    expectNoDifference(
      error?.problems.map(\.code.description),
      ["key without bound", "severity without a sink", "dangling tap"]
    )
    #expect(error?.description.hasPrefix("Graph \"desk\" has 3 problems:\n- A keyed chain") == true)
  }
}
