public import OpenCombine

/// A stock OpenCombine publisher as a flow publisher, with counters.
public struct Stock<Source: Publisher>: FlowPublisher where Source.Failure == Never {
  public typealias Output = Source.Output
  public typealias Failure = Never

  let source: Source
  let lane: Lane
  let node: Node

  /// Wraps a publisher. It has to deliver on `lane`.
  public init(_ source: Source, on lane: Lane, node: Node = Node("stock")) {
    self.source = source
    self.lane = lane
    self.node = node
  }

  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    source.subscribe(Counting(subscriber, node))
  }

  private final class Counting<Downstream: Subscriber>: Subscriber
  where Downstream.Input == Source.Output, Downstream.Failure == Never {
    typealias Input = Source.Output
    typealias Failure = Never

    let downstream: Downstream
    let node: Node

    init(_ downstream: Downstream, _ node: Node) {
      self.downstream = downstream
      self.node = node
    }

    func receive(subscription: any Subscription) {
      downstream.receive(subscription: subscription)
    }

    func receive(_ input: Input) -> Subscribers.Demand {
      node.receivedCount += 1
      node.passedCount += 1
      return downstream.receive(input)
    }

    func receive(completion: Subscribers.Completion<Never>) {
      downstream.receive(completion: completion)
    }
  }
}
