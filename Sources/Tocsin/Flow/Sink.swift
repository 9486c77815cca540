public import OpenCombine

/// The end of a chain: takes everything at once and calls a closure.
@usableFromInline
final class Sink<Input>: Subscriber, Cancellable {
  @usableFromInline typealias Failure = Never

  /// Boxed, because a closure in a field costs a retain and a release per call.
  @usableFromInline
  final class Body {
    @usableFromInline let call: (Input) -> Void
    @inlinable init(_ call: @escaping (Input) -> Void) { self.call = call }
  }

  @usableFromInline let body: Unmanaged<Body>
  private let onEnd: () -> Void
  private var subscription: (any Subscription)?
  private var isDone = false

  @usableFromInline
  init(_ body: Body, onEnd: @escaping () -> Void = {}) {
    self.body = .passRetained(body)
    self.onEnd = onEnd
  }

  deinit { body.release() }

  @usableFromInline
  func receive(subscription: any Subscription) {
    if isDone {
      subscription.cancel()
    } else {
      self.subscription = subscription
      subscription.request(.unlimited)
    }
  }

  @inlinable
  func receive(_ input: Input) -> Subscribers.Demand {
    body._withUnsafeGuaranteedRef { $0.call(input) }
    return .none
  }

  @usableFromInline
  func receive(completion: Subscribers.Completion<Never>) {
    subscription = nil
    isDone = true
    onEnd()
  }

  @usableFromInline
  func cancel() {
    isDone = true
    let old = subscription
    subscription = nil
    old?.cancel()
  }
}

/// The end of a chain, for its owner. Cancel it to take the chain down.
///
/// A wire that goes out of scope does not take its chain down: the chain belongs to its sources.
/// In release builds Swift destroys local values early, and a monitor must not fall silent for it.
public struct Wire {
  @usableFromInline let onCancel: () -> Void

  @inlinable
  init(_ onCancel: @escaping () -> Void) { self.onCancel = onCancel }

  /// Takes the chain down: nothing more is delivered, and no timer is left.
  public func cancel() { onCancel() }
}

extension FlowPublisher {
  /// Calls a closure with every value, on the lane, in order. The chain belongs to its source.
  ///
  /// - Parameter body: What to do. It must be quick: the lane waits.
  /// - Returns: The chain's end, for cancelling.
  @inlinable
  @inline(__always)
  @discardableResult
  public func each(_ body: @escaping (Output) -> Void) -> Wire {
    let sink = Sink<Output>(.init(body))
    receive(subscriber: sink)
    return Wire { sink.cancel() }
  }
}
