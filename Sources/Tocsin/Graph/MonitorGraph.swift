/// A monitoring graph as a value: a name, and a closure that builds it on a lane.
///
/// ```swift
/// let desk = MonitorGraph("desk") { lane in
///   let health = HealthMonitor(on: lane)
///   Tap(health.transitions).debounce(.seconds(3)).alert("feed.stale", .warning)
///     .route { On(.critical...) { pager }; Otherwise { log } }
/// }
/// ```
///
/// The same graph runs in real time, in virtual time, in event time, and any number of times at
/// once: each run builds its own actors and chains. The closure is synchronous and runs on the lane;
/// what it makes stays there. It must not capture an actor of the lane's: pass outlets.
public struct MonitorGraph: Sendable {
  /// The name, for messages, traces and pictures.
  public let name: String
  let sinks: [String: any Sendable]
  let body: @Sendable (Lane) -> [Wire]

  /// Makes a graph.
  ///
  /// - Parameters:
  ///   - name: For messages, traces and pictures.
  ///   - sinks: Outlets that routes may send to by name.
  ///   - body: Builds it, on the lane that it is given.
  public init(
    _ name: String,
    sinks: [Outlet<Alert>] = [],
    @GraphBuilder _ body: @escaping @Sendable (_ lane: Lane) -> [Wire]
  ) {
    self.name = name
    self.sinks = Dictionary(sinks.map { ($0.name, $0) }) { first, _ in first }
    self.body = body
  }

  /// Checks the graph without running it.
  ///
  /// - Throws: Everything that is wrong with it: dangling taps, alerts without a route, severities
  ///   without a sink, duplicate names, keys without a bound, cycles without a delay, unknown sinks.
  public func validate() throws(GraphError) { _ = try plan() }

  /// The picture of the graph, checked, without running it.
  public func plan() throws(GraphError) -> GraphPicture {
    let world = Timeline.virtual()
    let lane = world.lane(name)
    let (blueprint, wires) = world.perform(on: lane) { build(on: lane, Blueprint(sinks: sinks)) }
    defer { world.perform(on: lane) { for wire in wires { wire.cancel() } } }
    try blueprint.check(graph: name)
    return GraphPicture(name, blueprint.steps)
  }

  /// Runs the closure on a lane. Call it on the lane.
  func build(on lane: Lane, _ blueprint: Blueprint) -> (Blueprint, [Wire]) {
    lane.local.blueprint = blueprint
    defer { lane.local.blueprint = nil }
    return (blueprint, body(lane))
  }
}

/// Collects the ends of a graph's chains.
@resultBuilder
public enum GraphBuilder {
  public static func buildExpression(_ wire: Wire) -> [Wire] { [wire] }
  /// A call that gives nothing, for instance a print.
  public static func buildExpression(_ nothing: Void) -> [Wire] { [] }
  /// A chain that nothing takes anything from.
  @available(
    *,
    unavailable,
    message: "This chain has no end: add .route { }, .each { } or .send(to:)."
  )
  public static func buildExpression<Upstream>(_ tap: Tap<Upstream>) -> [Wire] { [] }
  public static func buildBlock(_ wires: [Wire]...) -> [Wire] { wires.flatMap { $0 } }
  public static func buildOptional(_ wires: [Wire]?) -> [Wire] { wires ?? [] }
  public static func buildEither(first: [Wire]) -> [Wire] { first }
  public static func buildEither(second: [Wire]) -> [Wire] { second }
  public static func buildArray(_ wires: [[Wire]]) -> [Wire] { wires.flatMap { $0 } }
}

extension Lane {
  /// Makes an actor part of the graph that is being built: it lives as long as the graph runs, and
  /// ``RunningGraph/first(_:)`` finds it. The monitors of this package do it themselves.
  @discardableResult
  public func adopt<Member: Actor>(_ member: Member) -> Member {
    local.blueprint?.adopted.append(member)
    return member
  }

  /// A door into the graph that is being built: events come in by it, under its name.
  ///
  /// - Parameters:
  ///   - name: What ``RunningGraph/input(_:of:)`` finds it by.
  ///   - event: The type of its events.
  /// - Returns: What it makes.
  public func input<Event: Sendable>(_ name: String, of event: Event.Type) -> Outlet<Event> {
    let known = local.blueprint?.inputs[name]
    if let known = known as? Outlet<Event> { return known }
    let outlet = Outlet<Event>(name)
    if let known {
      local.blueprint?.addProblem(
        GraphProblem(
          .duplicateName,
          name,
          "Two inputs are named \"\(name)\", an \(type(of: known)) and an Outlet<\(event)>. Give "
            + "each a name of its own."
        )
      )
    } else {
      local.blueprint?.inputs[name] = outlet
    }
    return outlet
  }
}
