public import OpenCombine

/// Gives the newest values of two taps, again with every new value of either; see
/// ``CombinedLatest2``.
///
/// ```swift
/// CombineLatest(Tap(desk.positions), Tap(venue.positions))
///   .filter { $0.first != $0.second }
/// ```
@inlinable
public func CombineLatest<P0: FlowPublisher, P1: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>
) -> Tap<CombinedLatest2<P0.Output, P1.Output>> {
  combineTaps(tap0.input, tap1.input, on: tap0.lane)
}

/// Gives the newest values of three taps, again with every new value of any; see
/// ``CombinedLatest3``.
@inlinable
public func CombineLatest<P0: FlowPublisher, P1: FlowPublisher, P2: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>
) -> Tap<CombinedLatest3<P0.Output, P1.Output, P2.Output>> {
  combineTaps(tap0.input, tap1.input, tap2.input, on: tap0.lane)
}

/// Pairs the values of two taps by their place; see ``Zipped``.
///
/// - Parameters:
///   - tap0: Gives the first value of each pair.
///   - tap1: Gives the second one.
///   - limit: How many values of one tap may wait for their partners. Beyond it the oldest is
///     dropped as buffer full, but never a critical alert.
/// - Returns: A tap of the pairs.
@inlinable
public func Zip<P0: FlowPublisher, P1: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  limit: Int = 10_000
) -> Tap<Zipped<P0.Output, P1.Output>> {
  zipTaps(tap0.input, tap1.input, limit: limit, on: tap0.lane)
}

@usableFromInline
func combineTaps<First, Second>(
  _ first: JoinInput<First>,
  _ second: JoinInput<Second>,
  on lane: Lane
) -> Tap<CombinedLatest2<First, Second>> {
  let node = lane.local.makeNode("combineLatest", after: [first.node, second.node])
  let joined = CombinedLatest2(first.publisher, second.publisher, on: lane, node: node)
  return Tap<CombinedLatest2<First, Second>>(joined, node, on: lane)
}

@usableFromInline
func combineTaps<First, Second, Third>(
  _ first: JoinInput<First>,
  _ second: JoinInput<Second>,
  _ third: JoinInput<Third>,
  on lane: Lane
) -> Tap<CombinedLatest3<First, Second, Third>> {
  let node = lane.local.makeNode("combineLatest", after: [first.node, second.node, third.node])
  let joined = CombinedLatest3(
    first.publisher,
    second.publisher,
    third.publisher,
    on: lane,
    node: node
  )
  return Tap<CombinedLatest3<First, Second, Third>>(joined, node, on: lane)
}

@usableFromInline
func zipTaps<First, Second>(
  _ first: JoinInput<First>,
  _ second: JoinInput<Second>,
  limit: Int,
  on lane: Lane
) -> Tap<Zipped<First, Second>> {
  let node = lane.local.makeNode("zip", after: [first.node, second.node]) { step in
    step.detail = "at most \(limit) wait"
    // A value waits for its partner, but not for time: a cycle through it is not slowed down.
  }
  let joined = Zipped(first.publisher, second.publisher, limit: limit, on: lane, node: node)
  return Tap<Zipped<First, Second>>(joined, node, on: lane)
}
