public import OpenCombine

/// Several streams of one type as one, in the order in which their values arrive.
///
///     first   -a-----b--|
///     second  ---1-2------3|
///     merge   -a-1-2-b----3|
///
/// What arrives at the same instant comes in the order in which it was sent, whatever the order of
/// the inputs; what one turn sends into several outlets comes outlet by outlet. In event time edges
/// bring the values of all inputs into the order of their instants, whatever the sizes of the spans
/// they came in; at one instant the order follows how the graph was built. A feed without an edge
/// before the merge may be ahead of others: what is then earlier than the value before it is taken
/// at that one's instant, and counted in ``Node/lateCount``.
///
/// Completes when all inputs have. Asks every input for everything, keeps what is not asked for, and
/// honours demand downstream. Cancelling cancels all inputs.
public struct Merged<Output: Sendable>: FlowPublisher {
  public typealias Failure = Never

  @usableFromInline let inputs: [Erased<Output>]
  @usableFromInline let lane: Lane
  @usableFromInline let node: Node

  /// Merges publishers.
  @inlinable
  public init(_ inputs: [Erased<Output>], on lane: Lane, node: Node = Node("merge")) {
    self.inputs = inputs
    self.lane = lane
    self.node = node
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let outflow = Outflow(subscriber, lane.local, node)
    let open = OpenInputs(inputs.count)
    let clock = JoinClock()
    subscriber.receive(subscription: outflow.link)
    for input in inputs {
      input.receive(subscriber: Inner(outflow, open, clock, lane.local, node))
    }
    if inputs.isEmpty { outflow.end() }
  }

  @usableFromInline
  final class Inner<Downstream: Subscriber>: Subscriber, LookingAhead
  where Downstream.Input == Output, Downstream.Failure == Never {
    @usableFromInline typealias Input = Output
    @usableFromInline typealias Failure = Never

    @usableFromInline let outflow: Outflow<Downstream>
    @usableFromInline let local: LaneLocal
    @usableFromInline let node: Node
    @usableFromInline let clock: JoinClock
    @usableFromInline let lookout: Lookout<Output>?
    private let open: OpenInputs

    @usableFromInline
    init(
      _ outflow: Outflow<Downstream>,
      _ open: OpenInputs,
      _ clock: JoinClock,
      _ local: LaneLocal,
      _ node: Node
    ) {
      self.outflow = outflow
      self.open = open
      self.clock = clock
      lookout = Tocsin.lookout(of: outflow.downstream, Output.self)
      self.local = local
      self.node = node
    }

    @inlinable
    func receive(subscription: any Subscription) { outflow.start(subscription) }

    @inlinable
    func receive(_ input: Output) -> Subscribers.Demand {
      node.receivedCount &+= 1
      if _slowPath(local.isEventTime) { clock.keepUp(local, node) }
      outflow.emit(input)
      return .none
    }

    @usableFromInline
    func receive(completion: Subscribers.Completion<Never>) {
      if local.isEventTime { clock.hold(local) }
      if open.close() { outflow.end() }
    }
  }
}

/// Counts the inputs of a join that have not completed.
@usableFromInline
final class OpenInputs {
  private var count: Int

  @usableFromInline init(_ count: Int) { self.count = count }

  /// Notes that one completed. Gives true for the last.
  @usableFromInline
  func close() -> Bool {
    count -= 1
    return count == 0
  }
}
