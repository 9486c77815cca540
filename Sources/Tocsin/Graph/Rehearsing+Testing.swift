// What the test kit needs beyond the public API, for targets of this package only.

extension Lane {
  /// Runs a closure that makes taps, and gives the nodes of all steps that it made, in order. Call
  /// it on the lane.
  package func recordingNodes<Result>(_ build: () -> Result) -> (result: Result, nodes: [Node]) {
    let blueprint = Blueprint(sinks: [:])
    local.blueprint = blueprint
    defer { local.blueprint = nil }
    return (build(), blueprint.steps.map(\.node))
  }

  /// The earliest deadline of the lane's operators; ``Instant/distantFuture`` when there is none.
  package var earliestDeadline: Instant { Instant(nanoseconds: local.deadlines.nextDeadline) }
}

extension Tap {
  /// Taps a feed outside a graph.
  package init<Value>(rehearsing feed: Feed<Value>, on lane: Lane) where Upstream == Feed<Value> {
    self.init(feed, feed.node, on: lane)
  }
}

extension Timeline {
  /// The earliest deadline of all lanes and clocks; ``Instant/distantFuture`` when there is none.
  package var earliestDeadline: Instant { loops.map(\.nextDeadline).min() ?? .distantFuture }
}

extension MonitorGraph {
  /// The outlets that routes may send to by name.
  package var namedSinks: [String: Outlet<Alert>] {
    sinks.compactMapValues { $0 as? Outlet<Alert> }
  }
}

/// The nearest of some names, for "did you mean"; nil when none is near.
package func nearestName(to name: String, among names: some Sequence<String>) -> String? {
  nearest(to: name, among: names)
}
