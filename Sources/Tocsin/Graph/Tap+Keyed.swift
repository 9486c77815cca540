public import OpenCombine

extension Tap {
  /// Gives every key a chain of its own, which ends in alerts.
  ///
  /// ```swift
  /// Tap(fills).keyed(by: \.symbol, idle: .hours(1)) {
  ///   $0.hold(asOneFor: .seconds(60)) { $0.slippage > 0.001 }.alert("slippage.high", .warning)
  /// }
  /// ```
  ///
  /// The nodes inside count for all keys together. The closure is run once for every key: it must
  /// build the same chain each time.
  ///
  /// - Parameters:
  ///   - key: The key of a value.
  ///   - idle: After how long a key that waits for nothing is forgotten.
  ///   - limit: How many keys there may be. One of the two has to be given.
  ///   - chain: Builds the chain of one key.
  /// - Returns: A tap behind it.
  public func keyed<Key: Hashable & Sendable>(
    by key: @escaping (Upstream.Output) -> Key,
    idle: Duration? = nil,
    limit: Int? = nil,
    _ chain: @escaping (Tap<Feed<Upstream.Output>>) -> Tap<some FlowPublisher<Alert>>
  ) -> Tap<KeyedPublisher<Upstream, Key, Alert>> {
    keyed(by: key, to: Alert.self, idle: idle, limit: limit, chain)
  }

  /// Gives every key a chain of its own.
  ///
  /// - Parameters:
  ///   - key: The key of a value.
  ///   - output: The type that comes out.
  ///   - idle: After how long a key that waits for nothing is forgotten.
  ///   - limit: How many keys there may be. One of the two has to be given.
  ///   - chain: Builds the chain of one key.
  /// - Returns: A tap behind it.
  public func keyed<Key: Hashable & Sendable, Output, Chain: FlowPublisher<Output>>(
    by key: @escaping (Upstream.Output) -> Key,
    to output: Output.Type,
    idle: Duration? = nil,
    limit: Int? = nil,
    _ chain: @escaping (Tap<Feed<Upstream.Output>>) -> Tap<Chain>
  ) -> Tap<KeyedPublisher<Upstream, Key, Output>> {
    let bound = KeyBound(idle: idle, limit: limit)
    let (node, tape, last) = template(bound, chain)
    let lane = self.lane
    let publisher = KeyedPublisher<Upstream, Key, Output>(
      upstream: upstream,
      key: key,
      bound: bound,
      build: { feed in
        let (blueprint, outer) = (lane.local.blueprint, lane.local.tape)
        (lane.local.blueprint, lane.local.tape) = (nil, tape)
        defer { (lane.local.blueprint, lane.local.tape) = (blueprint, outer) }
        tape.rewind()
        return chain(Tap<Feed<Upstream.Output>>(feed, node, on: lane)).upstream.erased()
      },
      lane: lane,
      node: node
    )
    return Tap<KeyedPublisher<Upstream, Key, Output>>(publisher, last, on: lane)
  }

  /// Builds the chain once, for its nodes and its place in the graph.
  private func template<Chain: FlowPublisher>(
    _ bound: KeyBound,
    _ chain: (Tap<Feed<Upstream.Output>>) -> Tap<Chain>
  ) -> (node: Node, tape: NodeTape, last: Node) {
    let node = lane.local.makeNode("keyed", after: [self.node]) { step in
      step.detail = bound.words
      if !bound.isBounded {
        step.problem = GraphProblem(
          .keyWithoutBound,
          step.node.id,
          "A keyed chain keeps every key for ever. Give it `idle:`, after which a quiet key is "
            + "forgotten, or `limit:`, how many keys there may be."
        )
      }
    }
    let outer = lane.local.tape
    let tape = outer?.inner() ?? NodeTape()
    lane.local.tape = tape
    defer { lane.local.tape = outer }
    let sample = chain(Tap<Feed<Upstream.Output>>(Feed("key", on: lane), node, on: lane))
    return (node, tape, sample.node)
  }
}

extension KeyBound {
  var words: String {
    var parts: [String] = []
    if idle != .max { parts.append("idle \(Duration.nanoseconds(idle).formattedShortly)") }
    if limit != .max { parts.append("at most \(limit) keys") }
    return parts.joined(separator: ", ")
  }
}
