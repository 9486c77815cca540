public import OpenCombine

/// The newest values of three streams.
@frozen
public struct Latest3<First, Second, Third> {
  /// The newest value of the first stream.
  public var first: First
  /// The newest value of the second stream.
  public var second: Second
  /// The newest value of the third stream.
  public var third: Third

  /// Puts three values together.
  @inlinable
  public init(_ first: First, _ second: Second, _ third: Third) {
    self.first = first
    self.second = second
    self.third = third
  }
}

/// The newest values of three streams, again with every new value of any.
///
///     first          -a---------b-|
///     second         ---1-----2---|
///     third          -----x-------|
///     combineLatest  -----p---q-r-|     p: a 1 x, q: a 2 x, r: b 2 x
///
/// As ``CombinedLatest2``, with three inputs: nothing is given before all three have spoken, and it
/// completes when all three have.
public struct CombinedLatest3<First, Second, Third>: FlowPublisher {
  public typealias Output = Latest3<First, Second, Third>
  public typealias Failure = Never

  @usableFromInline let first: Erased<First>
  @usableFromInline let second: Erased<Second>
  @usableFromInline let third: Erased<Third>
  @usableFromInline let lane: Lane
  @usableFromInline let node: Node

  /// Combines three publishers.
  public init(
    _ first: Erased<First>,
    _ second: Erased<Second>,
    _ third: Erased<Third>,
    on lane: Lane,
    node: Node = Node("combineLatest")
  ) {
    self.first = first
    self.second = second
    self.third = third
    self.lane = lane
    self.node = node
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let state = State(Outflow(subscriber, lane.local, node))
    subscriber.receive(subscription: state.outflow.link)
    let core = JoinCore(state.outflow)
    first.receive(subscriber: JoinArm(core, { state.takeFirst($0, core) }, end: state.end))
    second.receive(subscriber: JoinArm(core, { state.takeSecond($0, core) }, end: state.end))
    third.receive(subscriber: JoinArm(core, { state.takeThird($0, core) }, end: state.end))
  }

  @usableFromInline
  final class State<Downstream: Subscriber>
  where Downstream.Input == Output, Downstream.Failure == Never {
    @usableFromInline let outflow: Outflow<Downstream>
    @usableFromInline let open = OpenInputs(3)
    @exclusivity(unchecked) @usableFromInline var progress = JoinProgress(inputs: 3)
    @exclusivity(unchecked) @usableFromInline var first: Envelope<First>?
    @exclusivity(unchecked) @usableFromInline var second: Envelope<Second>?
    @exclusivity(unchecked) @usableFromInline var third: Envelope<Third>?

    @usableFromInline
    init(_ outflow: Outflow<Downstream>) { self.outflow = outflow }

    @inlinable
    func takeFirst(_ value: First, _ core: JoinCore) {
      progress.note(isNew: first == nil, core.node)
      first = Envelope(value, core.local.stamp)
      guard let second, let third else { return }
      if _slowPath(core.local.recorder != nil) { core.noteJoined([second.stamp, third.stamp]) }
      outflow.emit(Latest3(value, second.value, third.value))
    }

    @inlinable
    func takeSecond(_ value: Second, _ core: JoinCore) {
      progress.note(isNew: second == nil, core.node)
      second = Envelope(value, core.local.stamp)
      guard let first, let third else { return }
      if _slowPath(core.local.recorder != nil) { core.noteJoined([first.stamp, third.stamp]) }
      outflow.emit(Latest3(first.value, value, third.value))
    }

    @inlinable
    func takeThird(_ value: Third, _ core: JoinCore) {
      progress.note(isNew: third == nil, core.node)
      third = Envelope(value, core.local.stamp)
      guard let first, let second else { return }
      if _slowPath(core.local.recorder != nil) { core.noteJoined([first.stamp, second.stamp]) }
      outflow.emit(Latest3(first.value, second.value, value))
    }

    @usableFromInline
    func end() {
      guard open.close() else { return }
      progress.end(outflow.node)
      outflow.end()
    }
  }
}

extension Latest3: Sendable where First: Sendable, Second: Sendable, Third: Sendable {}
extension Latest3: Equatable where First: Equatable, Second: Equatable, Third: Equatable {}
extension Latest3: Hashable where First: Hashable, Second: Hashable, Third: Hashable {}
extension Latest3: Encodable where First: Encodable, Second: Encodable, Third: Encodable {}
extension Latest3: Decodable where First: Decodable, Second: Decodable, Third: Decodable {}
