public import OpenCombine

extension Tap where Upstream.Output: Alerting {
  /// Sends every alert to the sinks of the first entry that takes its severity, and the end of an
  /// episode to all that were told of it.
  ///
  /// Who was told is remembered for each key that is open: at whatever severities its alerts came, a
  /// resolved alert goes to the sinks that they went to, and to no others. One of which nobody was
  /// told, as far as the route knows, goes where its own severity belongs. That is also so when the
  /// route has forgotten: after seven days without an alert of the key, and of more than 100,000 open
  /// keys the one that was heard of longest ago (then ``Node/lastError`` says so).
  ///
  /// A decision: the trace of the alert is made here, its latency from ingest is counted at the
  /// node, and a log line with its trace ids is written.
  ///
  /// - Parameter entries: `On(.critical...) { telegram }`, `Otherwise { log }`.
  /// - Returns: The chain's end; the graph keeps it.
  @inlinable
  @inline(__always)
  public func route(
    @RouteBuilder<Upstream.Output> _ entries: () -> [RouteEntry<Upstream.Output>]
  ) -> Wire {
    let table = RouteTable(entries(), after: node, on: lane)
    return upstream.each { table.decide($0) }
  }
}

extension RouteSink {
  func resolved(among known: [String: any Sendable]) -> (Value) -> Void {
    guard let reference, let outlet = known[reference] as? Outlet<Value> else { return send }
    return { outlet.send($0) }
  }
}

extension Tap {
  /// Ends the chain in a closure, called on the lane for every value. It must be quick.
  @inlinable
  @inline(__always)
  public func each(_ body: @escaping (Upstream.Output) -> Void) -> Wire {
    let node = endNode("each")
    return upstream.each { value in
      node.receivedCount &+= 1
      node.passedCount &+= 1
      body(value)
    }
  }

  @usableFromInline
  func endNode(_ kind: String) -> Node {
    lane.local.makeNode(kind, after: [node]) { step in
      step.role = .sink
      step.isTerminal = true
    }
  }
}

extension Tap where Upstream.Output: Sendable {
  /// Ends the chain in an outlet.
  @inlinable
  @inline(__always)
  public func send(to outlet: Outlet<Upstream.Output>) -> Wire {
    let node = outletNode(outlet)
    return upstream.each { value in
      node.receivedCount &+= 1
      node.passedCount &+= 1
      outlet.send(value)
    }
  }

  @usableFromInline
  func outletNode(_ outlet: Outlet<Upstream.Output>) -> Node {
    lane.local.makeNode("outlet", id: "→ \(outlet.name)", after: [node]) { step in
      step.role = .sink
      step.isTerminal = true
      step.writes = [ObjectIdentifier(outlet)]
    }
  }
}
