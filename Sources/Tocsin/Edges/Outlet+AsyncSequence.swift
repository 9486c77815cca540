extension Outlet {
  /// Sends everything an `AsyncSequence` gives, in order, and returns at its end. Consumers with the
  /// policy ``Overflow/suspend(_:)`` slow the sequence down; nothing is lost.
  ///
  /// - Throws: What the sequence throws. What came before has been sent.
  public func send<Source: AsyncSequence>(
    contentsOf source: Source
  ) async throws(Source.Failure) where Source.Element == Value {
    var iterator = source.makeAsyncIterator()
    while let value = try await iterator.next(isolation: #isolation) {
      await deliver(value)
    }
  }

  /// The values from now on, as an `AsyncSequence`, in order and without loss: what is not consumed
  /// yet waits. The sequence ends when the outlet finishes.
  ///
  /// - Parameters:
  ///   - lane: The lane that the values pass through.
  ///   - overflow: What happens when more than its number wait in front of the lane. The buffer
  ///     behind the lane is not bounded.
  /// - Returns: A sequence that subscribes at once and for one consumer.
  public func values(on lane: Lane, overflow: Overflow = .unbounded) -> AsyncStream<Value> {
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self)
    let subscription = StreamSubscription(outlet: self, lane: lane, overflow: overflow)
    continuation.onTermination = { _ in subscription.cancel() }
    subscription.start(into: continuation)
    return stream
  }
}

/// A subscription that lives on a lane and is started and cancelled from elsewhere.
private final class StreamSubscription<Value: Sendable>: Sendable {
  private let outlet: Outlet<Value>
  private let lane: Lane
  private let overflow: Overflow
  /// Written before the stream is handed out, and then used on the lane only.
  private nonisolated(unsafe) var wire: Wire?

  init(outlet: Outlet<Value>, lane: Lane, overflow: Overflow) {
    self.outlet = outlet
    self.lane = lane
    self.overflow = overflow
  }

  /// Subscribes at once. On a lane in event time, whose order of edges belongs to the lane, it is
  /// done in the lane's next turn.
  func start(into continuation: AsyncStream<Value>.Continuation) {
    if lane.isEventTime {
      lane.execute { [self] in subscribe(continuation) }
    } else {
      subscribe(continuation)
    }
  }

  private func subscribe(_ continuation: AsyncStream<Value>.Continuation) {
    let sink = Sink<Value>(.init { continuation.yield($0) }) { continuation.finish() }
    wire = Wire { sink.cancel() }
    Inlet(outlet, on: lane, overflow: overflow).receive(subscriber: sink)
  }

  func cancel() {
    lane.execute { [self] in
      wire?.cancel()
      wire = nil
    }
  }
}
