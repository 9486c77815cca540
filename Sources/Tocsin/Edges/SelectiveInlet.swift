public import OpenCombine

/// The consumer's end of an ``Outlet`` for a part of what is sent into it.
///
///     outlet    -a-1-b-2-c-|
///     numbers   ---1---2---|
///
/// The selection is made where a value is sent, by the sender's thread, before the value is copied or
/// queued: what is not selected costs one call, however large it is. What is selected is delivered as
/// by an ``Inlet``, in the same order and at the same instants, with the same loss. What is not is
/// counted at the step as filtered; what other threads sent, with the next value that is selected or
/// at the end.
public struct SelectiveInlet<Value: Sendable, Selected: Sendable>: FlowPublisher {
  public typealias Output = Selected
  public typealias Failure = Never

  @usableFromInline let outlet: Outlet<Value>
  @usableFromInline let lane: Lane
  @usableFromInline let overflow: Overflow
  @usableFromInline let node: Node
  @usableFromInline let select: @Sendable (Value) -> Selected?

  /// Makes an inlet for a part of an outlet.
  ///
  /// - Parameters:
  ///   - outlet: Where the values come from.
  ///   - lane: The lane they are delivered on.
  ///   - overflow: What happens to a selected value that finds the buffer full.
  ///   - select: Makes what is delivered; nil leaves the value out. Runs on whatever thread sends.
  public init(
    _ outlet: Outlet<Value>,
    on lane: Lane,
    overflow: Overflow = .unbounded,
    _ select: @escaping @Sendable (Value) -> Selected?
  ) {
    self.init(outlet, on: lane, overflow: overflow, node: Node("select"), select)
    node.id = outlet.name
  }

  @usableFromInline
  init(
    _ outlet: Outlet<Value>,
    on lane: Lane,
    overflow: Overflow,
    node: Node,
    _ select: @escaping @Sendable (Value) -> Selected?
  ) {
    self.outlet = outlet
    self.lane = lane
    self.overflow = overflow
    self.node = node
    self.select = select
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Selected, S.Failure == Never {
    let edge = Edge<Selected>(on: lane, overflow, node, Link())
    let consumer = Consumer.sieve(Sieve(edge, select))
    if edge.serve(subscriber, detach: { [outlet] in outlet.detach(consumer) }) {
      outlet.attach(consumer)
    }
  }
}

extension Tap {
  /// Taps a part of an outlet, on the lane of the graph that is being built.
  ///
  /// ```swift
  /// Tap(market, selecting: OrderEvent.self) { if case .order(let step) = $0 { step } else { nil } }
  /// ```
  ///
  /// It does what `Tap(outlet).compactMap(to:)` does, and costs a consumer that wants little of a
  /// busy outlet almost nothing; see ``SelectiveInlet``.
  ///
  /// - Parameters:
  ///   - outlet: Where the values come from.
  ///   - selected: The type that comes out.
  ///   - overflow: What happens to a selected value that finds the buffer full.
  ///   - select: Makes it; nil leaves the value out. Runs on whatever thread sends.
  @inlinable
  @inline(__always)
  public init<Value: Sendable, Selected: Sendable>(
    _ outlet: Outlet<Value>,
    selecting selected: Selected.Type,
    overflow: Overflow = .unbounded,
    _ select: @escaping @Sendable (Value) -> Selected?
  ) where Upstream == SelectiveInlet<Value, Selected> {
    let lane = Lane.required("Tap(outlet, selecting:)")
    let node = lane.local.makeSource("select", of: outlet, overflow)
    let inlet = SelectiveInlet(outlet, on: lane, overflow: overflow, node: node, select)
    self.init(inlet, node, on: lane)
  }
}
