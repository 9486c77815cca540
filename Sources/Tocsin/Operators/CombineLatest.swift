public import OpenCombine

/// The newest values of two streams.
@frozen
public struct Latest2<First, Second> {
  /// The newest value of the first stream.
  public var first: First
  /// The newest value of the second stream.
  public var second: Second

  /// Puts two values together.
  @inlinable
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }
}

/// The newest values of two streams, again with every new value of either.
///
///     first          -a-------b---|
///     second         ---1---2-------|
///     combineLatest  ---x---y-z-----|     x: a 1, y: a 2, z: b 2
///
/// Nothing is given before both streams have spoken; until then the newest value of one is held, and
/// one that it takes the place of is dropped as superseded. Values of one instant come one after the
/// other, in the order in which they arrive, each with a combination of its own. Completes when both
/// streams have; a value that never found a partner is dropped as unmatched. Asks both for
/// everything, keeps what is not asked for, and honours demand downstream. Cancelling cancels both.
///
/// The books: the value that makes a combination passes as it, with its own stamp. A value that was
/// held until the first combination is dropped as joined when it goes on inside it, and may be in
/// any number of later ones.
public struct CombinedLatest2<First, Second>: FlowPublisher {
  public typealias Output = Latest2<First, Second>
  public typealias Failure = Never

  @usableFromInline let first: Erased<First>
  @usableFromInline let second: Erased<Second>
  @usableFromInline let lane: Lane
  @usableFromInline let node: Node

  /// Combines two publishers.
  public init(
    _ first: Erased<First>,
    _ second: Erased<Second>,
    on lane: Lane,
    node: Node = Node("combineLatest")
  ) {
    self.first = first
    self.second = second
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
  }

  @usableFromInline
  final class State<Downstream: Subscriber>
  where Downstream.Input == Output, Downstream.Failure == Never {
    @usableFromInline let outflow: Outflow<Downstream>
    @usableFromInline let open = OpenInputs(2)
    @exclusivity(unchecked) @usableFromInline var progress = JoinProgress(inputs: 2)
    @exclusivity(unchecked) @usableFromInline var first: Envelope<First>?
    @exclusivity(unchecked) @usableFromInline var second: Envelope<Second>?

    @usableFromInline
    init(_ outflow: Outflow<Downstream>) { self.outflow = outflow }

    @inlinable
    func takeFirst(_ value: First, _ core: JoinCore) {
      progress.note(isNew: first == nil, core.node)
      first = Envelope(value, core.local.stamp)
      guard let second else { return }
      if _slowPath(core.local.recorder != nil) { core.noteJoined([second.stamp]) }
      outflow.emit(Latest2(value, second.value))
    }

    @inlinable
    func takeSecond(_ value: Second, _ core: JoinCore) {
      progress.note(isNew: second == nil, core.node)
      second = Envelope(value, core.local.stamp)
      guard let first else { return }
      if _slowPath(core.local.recorder != nil) { core.noteJoined([first.stamp]) }
      outflow.emit(Latest2(first.value, value))
    }

    @usableFromInline
    func end() {
      guard open.close() else { return }
      progress.end(outflow.node)
      outflow.end()
    }
  }
}

/// How many inputs of a join of the newest values have spoken, and what that means for its books.
@usableFromInline
struct JoinProgress {
  @usableFromInline let inputs: Int
  @usableFromInline var spoken = 0

  @usableFromInline
  init(inputs: Int) { self.inputs = inputs }

  /// Notes a value of an input; `isNew` for its first one.
  @inlinable
  @inline(__always)
  mutating func note(isNew: Bool, _ node: Node) {
    if isNew {
      spoken += 1
      if spoken == inputs { node.drop(.joined, inputs - 1) }
    } else if spoken < inputs {
      node.drop(.superseded)
    }
  }

  /// Notes the end: what still waits has no partner any more.
  func end(_ node: Node) {
    if spoken < inputs { node.drop(.unmatched, spoken) }
  }
}

extension Latest2: Sendable where First: Sendable, Second: Sendable {}
extension Latest2: Equatable where First: Equatable, Second: Equatable {}
extension Latest2: Hashable where First: Hashable, Second: Hashable {}
extension Latest2: Encodable where First: Encodable, Second: Encodable {}
extension Latest2: Decodable where First: Decodable, Second: Decodable {}
