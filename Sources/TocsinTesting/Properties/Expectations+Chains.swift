public import Testing
public import Tocsin

/// Expects that a chain gives what a plain model gives, for the stream of every seed.
///
/// As for a rule; the chain runs in virtual time, and the books of its nodes are looked at after
/// every event.
///
/// - Parameters:
///   - generator: Makes the streams.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - sourceLocation: Where the issue is recorded.
///   - chain: Builds the chain.
///   - model: What should come out for a whole input that ends at an offset. Plain and slow.
public func expectModel<Input, Chain: FlowPublisher>(
  over generator: StreamGenerator<Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  sourceLocation: SourceLocation = #_sourceLocation,
  chain: @escaping (Tap<Feed<Input>>) -> Tap<Chain>,
  model: @escaping (_ inputs: [Timed<Input>], _ end: Duration) throws -> [Timed<Chain.Output>]
) where Chain.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.sameAsModel(silences: silences, chain: chain, model)
  )
}

/// Expects that an operator does what its rule does when it is driven by hand: with unlimited
/// demand, with finite demand, and when it is cancelled in the middle.
///
/// ```swift
/// expectTwins(Debounce<String>(.seconds(3)), over: quotes) { $0.debounce(asOne: .seconds(3)) }
/// ```
///
/// - Parameters:
///   - rule: The rule in its first state.
///   - generator: Makes the streams.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - keepsUnasked: Whether the chain keeps what nobody has asked for, or drops it as `no demand`.
///   - sourceLocation: Where the issue is recorded.
///   - chain: Builds the operator around the rule.
public func expectTwins<R: TimedRule, Chain: FlowPublisher>(
  _ rule: R,
  over generator: StreamGenerator<R.Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  keepsUnasked: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation,
  chain: @escaping (Tap<Feed<R.Input>>) -> Tap<Chain>
) where Chain.Output == R.Output, R.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.twins(rule, silences: silences, keepsUnasked: keepsUnasked, chain: chain)
  )
}

/// Expects that at every node of a chain, after every event, received + made = passed + held +
/// dropped, with held not negative; and that at the end nothing is held and no timer is left.
///
/// - Parameters:
///   - generator: Makes the streams.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - sourceLocation: Where the issue is recorded.
///   - chain: Builds the chain.
public func expectConserved<Input, Chain: FlowPublisher>(
  over generator: StreamGenerator<Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  sourceLocation: SourceLocation = #_sourceLocation,
  chain: @escaping (Tap<Feed<Input>>) -> Tap<Chain>
) {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.conserved(silences: silences, chain: chain)
  )
}

/// Expects that a keyed chain treats every key as if it were alone.
///
/// - Parameters:
///   - generator: Makes the streams, of several keys.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - sourceLocation: Where the issue is recorded.
///   - key: The key of an input.
///   - keyed: Builds the chain for all keys together.
///   - alone: Builds the chain for one key.
public func expectEachKeyAlone<
  Input,
  Key: Hashable,
  Chain: FlowPublisher,
  One: FlowPublisher<Chain.Output>
>(
  over generator: StreamGenerator<Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  sourceLocation: SourceLocation = #_sourceLocation,
  key: @escaping (Input) -> Key,
  keyed: @escaping (Tap<Feed<Input>>) -> Tap<Chain>,
  alone: @escaping (Tap<Feed<Input>>) -> Tap<One>
) where Chain.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.eachKeyAlone(silences: silences, key: key, keyed: keyed, alone: alone)
  )
}

/// Expects that on a lane in event time a chain gives the same at the same instants, whatever the
/// size of the batches in which its events come.
///
/// - Parameters:
///   - generator: Makes the streams. The order of the values counts, and their own instants.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - instant: The stored property that holds a value's instant.
///   - sourceLocation: Where the issue is recorded.
///   - chain: Builds the chain.
public func expectBatchIndependence<Input, Chain: FlowPublisher>(
  over generator: StreamGenerator<Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  instant: KeyPath<Input, Instant>,
  sourceLocation: SourceLocation = #_sourceLocation,
  chain: @escaping (Tap<Feed<Input>>) -> Tap<Chain>
) where Chain.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.batchIndependent(instant: instant, chain: chain)
  )
}
