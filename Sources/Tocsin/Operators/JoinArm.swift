public import OpenCombine

/// One input of a join of several types: hands its values and its end to the join.
///
/// It asks its publisher for everything. What still comes after the subscriber has cancelled is
/// dropped and counted.
@usableFromInline
final class JoinArm<Input>: Subscriber, LookingAhead {
  @usableFromInline typealias Failure = Never

  @usableFromInline let core: JoinCore
  @usableFromInline let take: (Input) -> Void
  private let end: () -> Void
  @usableFromInline let lookout: Lookout<Input>?

  @usableFromInline
  init(
    _ core: JoinCore,
    _ take: @escaping (Input) -> Void,
    end: @escaping () -> Void,
    lookout: Lookout<Input>? = nil
  ) {
    self.core = core
    self.take = take
    self.end = end
    self.lookout = lookout
  }

  @usableFromInline
  func receive(subscription: any Subscription) { core.start(subscription) }

  @inlinable
  func receive(_ input: Input) -> Subscribers.Demand {
    core.node.receivedCount &+= 1
    if _slowPath(core.local.isEventTime) { core.clock.keepUp(core.local, core.node) }
    if _slowPath(core.link.isCancelled) { core.node.drop(.cancelled) } else { take(input) }
    return .none
  }

  @usableFromInline
  func receive(completion: Subscribers.Completion<Never>) {
    if core.local.isEventTime { core.clock.hold(core.local) }
    if !core.link.isCancelled { end() }
  }
}

/// What the inputs of one join share, whatever their types.
@usableFromInline
final class JoinCore {
  @usableFromInline let local: LaneLocal
  @usableFromInline let node: Node
  @usableFromInline let link: Link
  @usableFromInline let start: (any Subscription) -> Void
  @usableFromInline let clock = JoinClock()

  @usableFromInline
  init<Downstream: Subscriber>(_ outflow: Outflow<Downstream>) {
    local = outflow.local
    node = outflow.node
    link = outflow.link
    start = { outflow.start($0) }
  }

  /// Notes that the value at hand goes on together with others: its step links to theirs.
  @usableFromInline
  @inline(never)
  func noteJoined(_ others: [Stamp]) {
    var links = TrailLinks()
    for stamp in others { links.add(stamp) }
    local.note(node, .joined, contributors: links)
  }
}

/// The newest instant of a join in event time. Its inputs may be at different instants when they are
/// fed directly, without an edge that would bring them into order; behind a join no time goes back.
@usableFromInline
final class JoinClock {
  @exclusivity(unchecked) @usableFromInline var latest = Int64.min

  @usableFromInline
  init() {}

  /// Takes the value at hand at the instant of the one before it when its own is earlier.
  @inlinable
  @inline(__always)
  func keepUp(_ local: LaneLocal, _ node: Node) {
    if _fastPath(local.now >= latest) { latest = local.now } else { pullUp(local, node) }
  }

  @usableFromInline
  @inline(never)
  func pullUp(_ local: LaneLocal, _ node: Node) {
    node.lateCount += 1
    local.now = latest
  }

  /// Takes the end of an input not before the value before it.
  func hold(_ local: LaneLocal) {
    if local.now < latest { local.now = latest }
  }
}
