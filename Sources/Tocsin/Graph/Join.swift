public import OpenCombine

/// Pairs the values of two taps by their key, when both come within a time; see ``KeyedJoin``.
///
/// ```swift
/// Join(Tap(desk.orders), Tap(venue.fills), within: .seconds(5), .left)
///   .compactMap(to: Order.self) { if case .first(let order) = $0 { order } else { nil } }
/// ```
///
/// - Parameters:
///   - tap0: Gives the first value of each pair.
///   - tap1: Gives the second one.
///   - limit: How long a value waits for its partner.
///   - kind: Which values without a partner come out, each exactly when its time is over.
///   - perKey: How many values of one key may wait. Beyond it the oldest is dropped as buffer full,
///     but never a critical alert.
///   - total: How many values may wait in all.
/// - Returns: A tap of the pairs, and of what found no partner.
@inlinable
public func Join<P0: FlowPublisher, P1: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  within limit: Duration,
  _ kind: JoinKind = .inner,
  perKey: Int = 1_000,
  total: Int = 10_000
) -> Tap<KeyedJoin<P0.Output, P1.Output>>
where P0.Output: KeyedEvent, P1.Output: KeyedEvent, P0.Output.Key == P1.Output.Key {
  let bound = JoinBound(within: limit, perKey: perKey, total: total)
  return joinTaps(tap0.input, tap1.input, kind, bound, words(limit), on: tap0.lane)
}

@usableFromInline
func joinTaps<First: KeyedEvent, Second: KeyedEvent>(
  _ first: JoinInput<First>,
  _ second: JoinInput<Second>,
  _ kind: JoinKind,
  _ bound: JoinBound,
  _ time: String,
  on lane: Lane
) -> Tap<KeyedJoin<First, Second>> where First.Key == Second.Key {
  let node = lane.local.makeNode("join", after: [first.node, second.node]) { step in
    step.detail = "\(kind.rawValue), within \(time)"
    // Pairs do not wait for time: a cycle through it is not slowed down.
  }
  let joined = KeyedJoin(
    first: first.publisher,
    second: second.publisher,
    kind: kind,
    bound: bound,
    lane: lane,
    node: node
  )
  return Tap<KeyedJoin<First, Second>>(joined, node, on: lane)
}
