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
/// finishes. Each change of the subscribers costs some hundred bytes, and 8 for each subscriber,
/// that are kept until then, so that `send` needs no lock.
public final class Outlet<Value: Sendable>: Sendable {
  @usableFromInline
  final class Subscribers: Sendable {
    let consumers: [Consumer<Value>]
    /// The same, to be reached without retaining them.
    @usableFromInline let takers: [Taker]
    /// The only one, where it is an edge.
    @usableFromInline let only: UInt

    init(_ consumers: [Consumer<Value>]) {
      self.consumers = consumers
      takers = consumers.map(Taker.init)
      guard consumers.count == 1, case .edge(let edge) = consumers[0] else {
        only = 0
        return
      }
      only = UInt(bitPattern: Unmanaged.passUnretained(edge).toOpaque())
    }
  }

  struct History: Sendable {
    var subscribers: [Subscribers] = []
    var isFinished = false
  }

  /// What the outlet gives, for pictures and ids: `health.transitions`.
  public let name: String
  @usableFromInline let current = Atomic<UInt>(0)
  private let history = Mutex(History())

  /// Makes an outlet without subscribers.
  ///
  /// - Parameter name: What it gives. Graphs name their taps after it.
  public init(_ name: String = "outlet") { self.name = name }

  /// Sends one value. From any thread; returns at once.
  @inlinable
  @inline(__always)
  public func send(_ value: Value) {
    guard let address = UnsafeRawPointer(bitPattern: current.load(ordering: .acquiring)) else {
      return
    }
    Unmanaged<Subscribers>.fromOpaque(address)._withUnsafeGuaranteedRef { subscribers in
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
      let last = history.subscribers.last?.consumers ?? []
      if !last.isEmpty { publish([], in: &history) }
      return last
    }
    for consumer in last { consumer.end() }
  }

  /// The number of consumers. From any thread; takes no lock.
  public var subscriberCount: Int {
    guard let address = UnsafeRawPointer(bitPattern: current.load(ordering: .acquiring)) else {
      return 0
    }
    return Unmanaged<Subscribers>.fromOpaque(address)._withUnsafeGuaranteedRef(\.takers.count)
  }

  private var consumers: [Consumer<Value>] {
    history.withLock { $0.subscribers.last?.consumers ?? [] }
  }

  @inlinable
  @inline(__always)
  func send(_ values: UnsafePointer<Value>, _ count: Int) {
    guard let address = UnsafeRawPointer(bitPattern: current.load(ordering: .acquiring)) else {
      return
    }
    Unmanaged<Subscribers>.fromOpaque(address)._withUnsafeGuaranteedRef { subscribers in
      if let only = UnsafeRawPointer(bitPattern: subscribers.only) {
        Unmanaged<Edge<Value>>.fromOpaque(only)._withUnsafeGuaranteedRef {
          $0.offer(values, count)
        }
      } else {
        for taker in subscribers.takers { taker.offer(values, count) }
      }
    }
  }

  @usableFromInline
  func attach(_ consumer: Consumer<Value>) {
    let isFinished = history.withLock { history in
      if !history.isFinished {
        publish((history.subscribers.last?.consumers ?? []) + [consumer], in: &history)
      }
      return history.isFinished
    }
    if isFinished { consumer.end() }
  }

  @usableFromInline
  func detach(_ consumer: Consumer<Value>) {
    history.withLock { history in
      let last = history.subscribers.last?.consumers ?? []
      let rest = last.filter { $0.identity != consumer.identity }
      if rest.count < last.count { publish(rest, in: &history) }
    }
  }

  private func publish(_ consumers: [Consumer<Value>], in history: inout History) {
    let next = Subscribers(consumers)
    history.subscribers.append(next)
    current.store(
      UInt(bitPattern: Unmanaged.passUnretained(next).toOpaque()),
      ordering: .releasing
    )
  }
}
