public import OpenCombine

/// A publisher whose type is hidden, with both sides still specialised.
///
/// Unlike `AnyPublisher` it is made where the types are concrete, so that the chain before it and
/// the chain after it keep theirs. It costs one indirect call per value.
public struct Erased<Output>: FlowPublisher {
  public typealias Failure = Never

  @usableFromInline let attach: (ErasedSubscriber<Output>) -> Void

  /// Hides the type of a publisher.
  @inlinable
  @inline(__always)
  public init<Upstream: FlowPublisher>(_ upstream: Upstream) where Upstream.Output == Output {
    attach = { upstream.receive(subscriber: $0) }
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    attach(ErasedSubscriber(subscriber))
  }
}

/// A subscriber whose type is hidden, by closures made where it is concrete.
public final class ErasedSubscriber<Input>: Subscriber {
  public typealias Failure = Never

  @usableFromInline let next: (Input) -> Subscribers.Demand
  @usableFromInline let end: (Subscribers.Completion<Never>) -> Void
  @usableFromInline let start: (any Subscription) -> Void
  @usableFromInline let lookout: Lookout<Input>?

  @inlinable
  @inline(__always)
  init<S: Subscriber>(_ subscriber: S) where S.Input == Input, S.Failure == Never {
    next = { subscriber.receive($0) }
    end = { subscriber.receive(completion: $0) }
    start = { subscriber.receive(subscription: $0) }
    lookout = Tocsin.lookout(of: subscriber, Input.self)
  }

  @inlinable
  public func receive(subscription: any Subscription) { start(subscription) }

  @inlinable
  public func receive(_ input: Input) -> Subscribers.Demand { next(input) }

  @inlinable
  public func receive(completion: Subscribers.Completion<Never>) { end(completion) }
}

extension ErasedSubscriber: LookingAhead {}

extension FlowPublisher {
  /// Hides the type of this publisher; see ``Erased``.
  @inlinable
  @inline(__always)
  public func erased() -> Erased<Output> { Erased(self) }
}
