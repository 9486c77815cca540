public import Synchronization

/// The `Sendable` end of a stream: anything may send into it from anywhere; consumers on lanes open
/// an ``Inlet``.
///
/// Order: each consumer receives what one producer sends in the order it was sent, and several
/// consumers on one lane receive in the order in which they subscribed; on a lane in event time, where
/// the youngest edge goes first, in the opposite order, instant by instant. Nothing is promised
/// between producers on different threads. Delivery never happens inside `send`: on the consumer's own lane it comes
/// at the end of the turn, from elsewhere as a turn of the consumer's lane.
///
/// Loss: only by the consumer's ``Overflow``, counted at its inlet. What is sent while nobody
/// subscribes is gone, as with an OpenCombine subject.
///
/// An outlet lives as long as something holds it; a subscriber does, until it cancels or the outlet
/// finishes. So that `send` needs no lock, what subscribed at each of the first hundred changes of the
/// subscribers is kept as long as the outlet lives. After more changes, as of people who come and go,
/// nothing more is kept, and `send` takes a lock for a moment; never while it delivers.
public final class Outlet<Value: Sendable>: Sendable {
  /// What the outlet gives, for pictures and ids: `health.transitions`.
  public let name: String
  @usableFromInline let current = Atomic<UInt>(0)
  let history = Mutex(History())

  /// Makes an outlet without subscribers.
  ///
  /// - Parameter name: What it gives. Graphs name their taps after it.
  public init(_ name: String = "outlet") { self.name = name }

  /// Sends one value. From any thread; returns at once.
  @inlinable
  @inline(__always)
  public func send(_ value: Value) {
    withSubscribers { subscribers in
      if let only = UnsafeRawPointer(bitPattern: subscribers.only) {
        Unmanaged<Edge<Value>>.fromOpaque(only)._withUnsafeGuaranteedRef { edge in
          withUnsafePointer(to: value) { edge.offer($0, 1) }
        }
      } else {
        for taker in subscribers.takers { taker.offer(value) }
      }
    }
  }

  /// Sends values in order. From any thread; returns at once.
  @inlinable
  @inline(__always)
  public func send(contentsOf values: [Value]) {
    values.withUnsafeBufferPointer { span in
      if let first = span.baseAddress { send(first, span.count) }
    }
  }

  /// Sends one value, and waits while a consumer with the policy ``Overflow/suspend(_:)`` has no
  /// room. Cancelling the task ends the wait and does not lose the value: it is sent first.
  public func deliver(_ value: Value) async {
    send(value)
    for consumer in consumers { await consumer.waitForRoom() }
  }

  /// Ends the stream: consumers complete after they have received everything. What is sent later is
  /// gone.
  public func finish() {
    let last = history.withLock { history -> [Consumer<Value>] in
      history.isFinished = true
      let last = history.consumers
      if !last.isEmpty { publish([], in: &history) }
      return last
    }
    for consumer in last { consumer.end() }
  }

  /// The number of consumers. From any thread; takes a lock no longer than ``send(_:)`` does.
  public var subscriberCount: Int {
    var count = 0
    withSubscribers { count = $0.takers.count }
    return count
  }

  private var consumers: [Consumer<Value>] { history.withLock { $0.consumers } }

  /// Calls with those who subscribe now, if anybody ever did. They live at least as long as the call
  /// takes.
  @inlinable
  @inline(__always)
  func withSubscribers(_ body: (Subscribers) -> Void) {
    let word = current.load(ordering: .acquiring)
    if _slowPath(word == Self.askForIt) { return withLastSubscribers(body) }
    guard let address = UnsafeRawPointer(bitPattern: word) else { return }
    Unmanaged<Subscribers>.fromOpaque(address)._withUnsafeGuaranteedRef(body)
  }

  @usableFromInline
  @inline(never)
  func withLastSubscribers(_ body: (Subscribers) -> Void) {
    guard let last = history.withLock(\.last) else { return }
    withExtendedLifetime(last) { body(last) }
  }

  @inlinable
  @inline(__always)
  func send(_ values: UnsafePointer<Value>, _ count: Int) {
    withSubscribers { subscribers in
      if let only = UnsafeRawPointer(bitPattern: subscribers.only) {
        Unmanaged<Edge<Value>>.fromOpaque(only)._withUnsafeGuaranteedRef {
          $0.offer(values, count)
        }
      } else {
        for taker in subscribers.takers { taker.offer(values, count) }
      }
    }
  }
}
