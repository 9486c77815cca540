public import OpenCombine

/// Pairs the values of two streams by their key, when both come within a time.
///
///     first         a-b-----c-------|         letters are keys
///     second        ----b-a-------c-|
///     inner, 5      ----x-----------|         x: b and b
///     left, 5       ----xa-------c--|         a and c found no partner in time
///     outer, 5      ----xa-----a-c--(c|)
///
/// A value waits for a partner of its key until exactly `within` after it came. The partners of a key
/// go by their place: the oldest that waits is the first to be joined. At the deadline a value goes
/// on alone if its side was asked for (``JoinKind``), and is dropped as unmatched if not. What comes
/// at that very instant comes after it. A time of zero or less pairs nothing.
///
/// Not more than `perKey` values of one key wait, and not more than `total` of all: the oldest is
/// dropped as buffer full, but never a critical alert; when only those wait, the room grows. A key is
/// remembered only while a value of it waits.
///
/// Completes when nothing can come out any more: when both streams have, or one has and neither
/// pairs nor asked-for values of the other are possible. What waits then goes on alone at once if it
/// was asked for (no partner can come), before the completion. Asks both for everything, keeps what is
/// not asked for, and honours demand downstream. Cancelling cancels both, and drops what waits.
///
/// The books, as of ``Zipped``: the later value of a pair passes as the pair, with its own stamp; the
/// one that waited was held until then, and is dropped as joined. A value that goes on alone was held,
/// and passes with its own stamp.
///
/// - Complexity: O(1) per value; O(number of critical alerts that wait) for one that finds it full.
public struct KeyedJoin<First: KeyedEvent, Second: KeyedEvent>: FlowPublisher
where First.Key == Second.Key {
  public typealias Output = Joined<First, Second>
  public typealias Failure = Never

  @usableFromInline let first: Erased<First>
  @usableFromInline let second: Erased<Second>
  @usableFromInline let kind: JoinKind
  @usableFromInline let bound: JoinBound
  @usableFromInline let lane: Lane
  @usableFromInline let node: Node

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let state = State(Outflow(subscriber, lane.local, node), self)
    state.begin { state.fire($0) }
    subscriber.receive(subscription: state.outflow.link)
    let core = JoinCore(state.outflow)
    first.receive(
      subscriber: JoinArm(
        core,
        { state.take($0.key, .first(Envelope($0, core.local.stamp)), core) },
        end: { state.end(isFirst: true) }
      )
    )
    second.receive(
      subscriber: JoinArm(
        core,
        { state.take($0.key, .second(Envelope($0, core.local.stamp)), core) },
        end: { state.end(isFirst: false) }
      )
    )
  }
}
