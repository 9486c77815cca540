public import OpenCombine

/// A chain under construction: where a stream is tapped, and what is done with it.
///
/// Taps are made in the build closure of a ``MonitorGraph``, on its lane, and stay there. A chain
/// ends in ``route(_:)``, ``each(_:)`` or ``send(to:)``; one that does not is found before the graph
/// runs. The type carries the whole chain, so that it is compiled into one loop.
///
/// No operator's result type depends on a closure: `map(to:)` names it, `update` changes in place,
/// `alert` gives an ``Alert``. That keeps long chains quick to type-check.
public struct Tap<Upstream: FlowPublisher> {
  /// The chain so far, an ordinary OpenCombine publisher.
  public let upstream: Upstream
  /// The counters of its last step.
  public let node: Node
  /// The lane it lives on.
  public let lane: Lane

  @inlinable
  @inline(__always)
  init(_ upstream: Upstream, _ node: Node, on lane: Lane) {
    self.upstream = upstream
    self.node = node
    self.lane = lane
  }

  /// Names the last step. Its id is then the name wherever the line stands.
  public func named(_ name: String) -> Self {
    if let blueprint = lane.local.blueprint, let index = blueprint.index(of: node) {
      blueprint.rename(index, to: name)
    }
    return self
  }
}

extension Tap {
  /// Taps an outlet, on the lane of the graph that is being built.
  ///
  /// - Parameters:
  ///   - outlet: Where the values come from.
  ///   - overflow: What happens to a value that finds the buffer full.
  public init<Value: Sendable>(_ outlet: Outlet<Value>, overflow: Overflow = .unbounded)
  where Upstream == Inlet<Value> {
    let lane = Lane.required("Tap(outlet)")
    let node = lane.local.makeSource("inlet", of: outlet, overflow)
    self.init(Inlet(outlet, on: lane, overflow: overflow, node: node), node, on: lane)
  }

  /// Taps any publisher that never fails: a stock OpenCombine chain, a subject.
  ///
  /// - Parameters:
  ///   - publisher: Where the values come from. It has to deliver on this lane.
  ///   - name: What it gives, for the picture.
  public init<Source: Publisher>(stock publisher: Source, named name: String)
  where Upstream == Stock<Source>, Source.Failure == Never {
    let lane = Lane.required("Tap(stock:)")
    let node = lane.local.makeNode("stock", id: name, after: []) { $0.role = .source }
    self.init(Stock(publisher, on: lane, node: node), node, on: lane)
  }

  /// Goes on with stock OpenCombine operators.
  ///
  /// - Parameters:
  ///   - output: The type that comes out.
  ///   - chain: The stock operators. Time operators take `lane.scheduler`.
  /// - Returns: A tap behind them.
  public func stock<Output>(
    to output: Output.Type,
    _ chain: (Upstream) -> some Publisher<Output, Never>
  ) -> Tap<Stock<AnyPublisher<Output, Never>>> {
    let node = lane.local.makeNode("stock", after: [self.node])
    let publisher = chain(upstream).eraseToAnyPublisher()
    return Tap<Stock<AnyPublisher<Output, Never>>>(
      Stock(publisher, on: lane, node: node),
      node,
      on: lane
    )
  }
}

extension LaneLocal {
  /// The first step of a chain that reads an outlet.
  @usableFromInline
  func makeSource<Value>(_ kind: String, of outlet: Outlet<Value>, _ overflow: Overflow) -> Node {
    makeNode(kind, id: outlet.name, after: []) { step in
      step.role = .source
      step.reads = ObjectIdentifier(outlet)
      step.detail = overflow.words
    }
  }
}

extension Lane {
  /// The lane that runs, for what can only be made while a graph is built on it.
  @usableFromInline
  static func required(_ what: String) -> Lane {
    guard let lane = current else {
      preconditionFailure("\(what) was used outside a lane. Make it in a graph's build closure.")
    }
    return lane
  }
}

extension Overflow {
  var words: String {
    switch self {
    case .unbounded: ""
    case .dropOldest(let count): "\(count), drops the oldest"
    case .dropNewest(let count): "\(count), drops the newest"
    case .suspend(let count): "\(count), then the producer waits"
    }
  }
}
