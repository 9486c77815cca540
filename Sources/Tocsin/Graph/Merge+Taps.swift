public import OpenCombine

// Parameter packs cannot yet say that all taps have one output type, so there is an overload for
// every number up to eight; ``MergeAll(of:_:)`` takes any number.

/// Merges 2 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<P0: FlowPublisher, P1: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>
) -> Tap<Merged<P0.Output>>
where P0.Output: Sendable, P1.Output == P0.Output {
  mergeTaps(
    [
      tap0.input,
      tap1.input,
    ],
    on: tap0.lane
  )
}

/// Merges 3 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<P0: FlowPublisher, P1: FlowPublisher, P2: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>
) -> Tap<Merged<P0.Output>>
where P0.Output: Sendable, P1.Output == P0.Output, P2.Output == P0.Output {
  mergeTaps(
    [
      tap0.input,
      tap1.input,
      tap2.input,
    ],
    on: tap0.lane
  )
}

/// Merges 4 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<P0: FlowPublisher, P1: FlowPublisher, P2: FlowPublisher, P3: FlowPublisher>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>,
  _ tap3: Tap<P3>
) -> Tap<Merged<P0.Output>>
where P0.Output: Sendable, P1.Output == P0.Output, P2.Output == P0.Output, P3.Output == P0.Output {
  mergeTaps(
    [
      tap0.input,
      tap1.input,
      tap2.input,
      tap3.input,
    ],
    on: tap0.lane
  )
}

/// Merges 5 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<
  P0: FlowPublisher,
  P1: FlowPublisher,
  P2: FlowPublisher,
  P3: FlowPublisher,
  P4: FlowPublisher
>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>,
  _ tap3: Tap<P3>,
  _ tap4: Tap<P4>
) -> Tap<Merged<P0.Output>>
where
  P0.Output: Sendable, P1.Output == P0.Output, P2.Output == P0.Output, P3.Output == P0.Output,
  P4.Output == P0.Output
{
  mergeTaps(
    [
      tap0.input,
      tap1.input,
      tap2.input,
      tap3.input,
      tap4.input,
    ],
    on: tap0.lane
  )
}

/// Merges 6 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<
  P0: FlowPublisher,
  P1: FlowPublisher,
  P2: FlowPublisher,
  P3: FlowPublisher,
  P4: FlowPublisher,
  P5: FlowPublisher
>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>,
  _ tap3: Tap<P3>,
  _ tap4: Tap<P4>,
  _ tap5: Tap<P5>
) -> Tap<Merged<P0.Output>>
where
  P0.Output: Sendable, P1.Output == P0.Output, P2.Output == P0.Output, P3.Output == P0.Output,
  P4.Output == P0.Output, P5.Output == P0.Output
{
  mergeTaps(
    [
      tap0.input,
      tap1.input,
      tap2.input,
      tap3.input,
      tap4.input,
      tap5.input,
    ],
    on: tap0.lane
  )
}

/// Merges 7 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<
  P0: FlowPublisher,
  P1: FlowPublisher,
  P2: FlowPublisher,
  P3: FlowPublisher,
  P4: FlowPublisher,
  P5: FlowPublisher,
  P6: FlowPublisher
>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>,
  _ tap3: Tap<P3>,
  _ tap4: Tap<P4>,
  _ tap5: Tap<P5>,
  _ tap6: Tap<P6>
) -> Tap<Merged<P0.Output>>
where
  P0.Output: Sendable, P1.Output == P0.Output, P2.Output == P0.Output, P3.Output == P0.Output,
  P4.Output == P0.Output, P5.Output == P0.Output, P6.Output == P0.Output
{
  mergeTaps(
    [
      tap0.input,
      tap1.input,
      tap2.input,
      tap3.input,
      tap4.input,
      tap5.input,
      tap6.input,
    ],
    on: tap0.lane
  )
}

/// Merges 8 taps into one; see ``Merged``.
@inlinable
@inline(__always)
public func Merge<
  P0: FlowPublisher,
  P1: FlowPublisher,
  P2: FlowPublisher,
  P3: FlowPublisher,
  P4: FlowPublisher,
  P5: FlowPublisher,
  P6: FlowPublisher,
  P7: FlowPublisher
>(
  _ tap0: Tap<P0>,
  _ tap1: Tap<P1>,
  _ tap2: Tap<P2>,
  _ tap3: Tap<P3>,
  _ tap4: Tap<P4>,
  _ tap5: Tap<P5>,
  _ tap6: Tap<P6>,
  _ tap7: Tap<P7>
) -> Tap<Merged<P0.Output>>
where
  P0.Output: Sendable, P1.Output == P0.Output, P2.Output == P0.Output, P3.Output == P0.Output,
  P4.Output == P0.Output, P5.Output == P0.Output, P6.Output == P0.Output, P7.Output == P0.Output
{
  mergeTaps(
    [
      tap0.input,
      tap1.input,
      tap2.input,
      tap3.input,
      tap4.input,
      tap5.input,
      tap6.input,
      tap7.input,
    ],
    on: tap0.lane
  )
}

/// One input of a join: its publisher without its type, and its node.
@usableFromInline
struct JoinInput<Output> {
  @usableFromInline let publisher: Erased<Output>
  @usableFromInline let node: Node

  @inlinable
  init(_ publisher: Erased<Output>, _ node: Node) {
    self.publisher = publisher
    self.node = node
  }
}

extension Tap {
  @inlinable
  @inline(__always)
  var input: JoinInput<Upstream.Output> { JoinInput(upstream.erased(), node) }
}

@inlinable
func mergeTaps<Output: Sendable>(
  _ inputs: [JoinInput<Output>],
  on lane: Lane
) -> Tap<Merged<Output>> {
  let node = lane.local.makeNode("merge", after: inputs.map(\.node))
  return Tap<Merged<Output>>(
    Merged(inputs.map(\.publisher), on: lane, node: node),
    node,
    on: lane
  )
}
