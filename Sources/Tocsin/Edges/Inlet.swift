public import OpenCombine

/// The consumer's end of an ``Outlet``: a publisher in the consumer's isolation.
///
/// Every subscription opens an edge of its own. An inlet is used on its lane; it is not `Sendable`,
/// so the compiler keeps it there.
public struct Inlet<Value: Sendable>: FlowPublisher {
  public typealias Output = Value
  public typealias Failure = Never

  @usableFromInline let outlet: Outlet<Value>
  @usableFromInline let lane: Lane
  @usableFromInline let overflow: Overflow
  @usableFromInline let node: Node

  /// Makes an inlet.
  ///
  /// - Parameters:
  ///   - outlet: Where the values come from.
  ///   - lane: The lane they are delivered on.
  ///   - overflow: What happens to a value that finds the buffer full.
  public init(_ outlet: Outlet<Value>, on lane: Lane, overflow: Overflow = .unbounded) {
    self.init(outlet, on: lane, overflow: overflow, node: Node("inlet"))
    node.id = outlet.name
  }

  @usableFromInline
  init(_ outlet: Outlet<Value>, on lane: Lane, overflow: Overflow, node: Node) {
    self.outlet = outlet
    self.lane = lane
    self.overflow = overflow
    self.node = node
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Value, S.Failure == Never {
    let edge = Edge<Value>(on: lane, overflow, node, Link())
    let consumer = Consumer.edge(edge)
    if edge.serve(subscriber, detach: { [outlet] in outlet.detach(consumer) }) {
      outlet.attach(consumer)
    }
  }
}

extension LaneActor {
  /// Opens an inlet in this actor's isolation.
  ///
  /// - Parameters:
  ///   - outlet: Where the values come from.
  ///   - overflow: What happens to a value that finds the buffer full.
  /// - Returns: The inlet. Every subscription to it opens an edge.
  public func inlet<Value: Sendable>(
    _ outlet: Outlet<Value>,
    overflow: Overflow = .unbounded
  ) -> Inlet<Value> {
    Inlet(outlet, on: lane, overflow: overflow)
  }
}

extension FlowPublisher where Output: Sendable {
  /// Sends every value into an outlet. The chain belongs to its source; nothing has to be kept.
  @inlinable
  @inline(__always)
  @discardableResult
  public func send(to outlet: Outlet<Output>) -> Wire {
    each { outlet.send($0) }
  }
}
