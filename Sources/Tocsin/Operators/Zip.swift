public import OpenCombine

/// The values of two streams that belong together by their place: first with first, second with
/// second.
@frozen
public struct Pair<First, Second> {
  /// The value of the first stream.
  public var first: First
  /// The value of the second stream.
  public var second: Second

  /// Makes a pair.
  @inlinable
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }
}

/// Pairs the values of two streams by their place.
///
///     first   -a-b-----c---|
///     second  -----1-2---3-|
///     zip     -----x-y---z|      x: a 1, y: b 2, z: c 3
///
/// A value waits for its partner, in order. More than `limit` of one stream may not wait: then the
/// oldest is dropped as buffer full (from there on pairs are shifted), but never a critical alert;
/// when only those wait, the queue grows. Completes as soon as one stream has and none of its values
/// waits: then no pair can come any more, what waits of the other is dropped as unmatched, and the
/// other is cancelled. Asks both for everything, keeps pairs that are not asked for, and honours
/// demand downstream. Cancelling cancels both.
///
/// The books: the later value of a pair passes as the pair, with its own stamp; the one that waited
/// was held until then, and is dropped as joined.
///
/// - Complexity: O(1) per value; O(`limit`) for one that finds the queue full of critical alerts.
public struct Zipped<First, Second>: FlowPublisher {
  public typealias Output = Pair<First, Second>
  public typealias Failure = Never

  @usableFromInline let first: Erased<First>
  @usableFromInline let second: Erased<Second>
  @usableFromInline let limit: Int
  @usableFromInline let lane: Lane
  @usableFromInline let node: Node

  /// Pairs two publishers. Of one stream `limit` values may wait, at least one.
  public init(
    _ first: Erased<First>,
    _ second: Erased<Second>,
    limit: Int = 10_000,
    on lane: Lane,
    node: Node = Node("zip")
  ) {
    precondition(limit > 0, "the limit of Zip has to be at least one value")
    self.first = first
    self.second = second
    self.limit = limit
    self.lane = lane
    self.node = node
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let state = State(Outflow(subscriber, lane.local, node), limit)
    subscriber.receive(subscription: state.outflow.link)
    let core = JoinCore(state.outflow)
    first.receive(
      subscriber: JoinArm(core, { state.takeFirst($0, core) }, end: { state.endFirst() })
    )
    second.receive(
      subscriber: JoinArm(core, { state.takeSecond($0, core) }, end: { state.endSecond() })
    )
  }

  @usableFromInline
  final class State<Downstream: Subscriber>
  where Downstream.Input == Output, Downstream.Failure == Never {
    @usableFromInline let outflow: Outflow<Downstream>
    @exclusivity(unchecked) @usableFromInline var firsts: ZipQueue<First>
    @exclusivity(unchecked) @usableFromInline var seconds: ZipQueue<Second>

    @usableFromInline
    init(_ outflow: Outflow<Downstream>, _ limit: Int) {
      self.outflow = outflow
      firsts = ZipQueue(limit)
      seconds = ZipQueue(limit)
    }

    @inlinable
    func takeFirst(_ value: First, _ core: JoinCore) {
      guard let partner = seconds.takeOldest(core) else { return firsts.add(value, core) }
      outflow.emit(Pair(value, partner))
      endIfOver()
    }

    @inlinable
    func takeSecond(_ value: Second, _ core: JoinCore) {
      guard let partner = firsts.takeOldest(core) else { return seconds.add(value, core) }
      outflow.emit(Pair(partner, value))
      endIfOver()
    }

    @usableFromInline
    func endFirst() {
      firsts.isEnded = true
      endIfOver()
    }

    @usableFromInline
    func endSecond() {
      seconds.isEnded = true
      endIfOver()
    }

    @inlinable
    @inline(__always)
    func endIfOver() {
      if _slowPath(firsts.isOver || seconds.isOver) { finish() }
    }

    @usableFromInline
    @inline(never)
    func finish() {
      guard !outflow.link.isCancelled else { return }
      firsts.clear(outflow.node)
      seconds.clear(outflow.node)
      outflow.end()
    }
  }
}

/// The values of one stream that wait for their partners.
@usableFromInline
struct ZipQueue<Value> {
  @usableFromInline let limit: Int
  @usableFromInline var waiting = Ring<Envelope<Value>>()
  @usableFromInline var isEnded = false

  @inlinable
  init(_ limit: Int) { self.limit = limit }

  /// Whether nothing can come from here any more.
  @inlinable
  @inline(__always)
  var isOver: Bool { isEnded && waiting.isEmpty }

  @inlinable
  mutating func add(_ value: Value, _ core: JoinCore) {
    if waiting.count >= limit,
      waiting.evictOldest(where: { ($0.value as? any Alerting)?.severity != .critical }) != nil
    {
      core.node.drop(.bufferFull)
    }
    waiting.append(Envelope(value, core.local.stamp))
  }

  /// Takes the oldest out, for the value at hand to go on with.
  @inlinable
  @inline(__always)
  mutating func takeOldest(_ core: JoinCore) -> Value? {
    guard let oldest = waiting.popFirst() else { return nil }
    core.node.drop(.joined)
    core.node.waited(core.local.now - oldest.stamp.sent.nanoseconds)
    if _slowPath(core.local.recorder != nil) { core.noteJoined([oldest.stamp]) }
    return oldest.value
  }

  mutating func clear(_ node: Node) {
    node.drop(.unmatched, waiting.count)
    waiting.removeAll()
  }
}

extension Pair: Sendable where First: Sendable, Second: Sendable {}
extension Pair: Equatable where First: Equatable, Second: Equatable {}
extension Pair: Hashable where First: Hashable, Second: Hashable {}
extension Pair: Encodable where First: Encodable, Second: Encodable {}
extension Pair: Decodable where First: Decodable, Second: Decodable {}
