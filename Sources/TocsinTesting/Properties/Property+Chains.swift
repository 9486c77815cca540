public import Tocsin

extension Property {
  /// A chain gives what a plain model gives, at the same instants, and its books are right.
  ///
  /// - Parameters:
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - chain: Builds the chain.
  ///   - model: What should come out for a whole input that ends at an offset. Plain and slow.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func sameAsModel<Input, Chain: FlowPublisher>(
    silences: [Duration] = Silences.usual,
    chain: @escaping (Tap<Feed<Input>>) -> Tap<Chain>,
    _ model: @escaping (_ inputs: [Timed<Input>], _ end: Duration) throws -> [Timed<Chain.Output>]
  ) -> OfStream<Input> where Chain.Output: Equatable {
    { stream in
      try eachEnd(stream, silences) { end in
        let bench = ChainBench(chain)
        bench.run(stream, until: end)
        let wanted = try model(stream, end)
        return first(bench.breaches())
          ?? StreamComparison(names: ("model", "chain")).difference(wanted, bench.probe.outputs)
      }
    }
  }

  /// At every node of a chain, after every event: received + made = passed + held + dropped, and
  /// held is not negative. At the end nothing is held and no timer is left.
  ///
  /// - Parameters:
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - chain: Builds the chain.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func conserved<Input, Chain: FlowPublisher>(
    silences: [Duration] = Silences.usual,
    chain: @escaping (Tap<Feed<Input>>) -> Tap<Chain>
  ) -> OfStream<Input> {
    { stream in
      eachEnd(stream, silences) { end in
        let bench = ChainBench(chain)
        bench.run(stream, until: end)
        return first(bench.breaches())
      }
    }
  }

  /// Every key of a keyed chain is treated as if it were alone.
  ///
  /// - Parameters:
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - key: The key of an input.
  ///   - keyed: Builds the chain for all keys together.
  ///   - alone: Builds the chain for one key.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func eachKeyAlone<Input, Key: Hashable, Chain: FlowPublisher, One: FlowPublisher>(
    silences: [Duration] = Silences.usual,
    key: @escaping (Input) -> Key,
    keyed: @escaping (Tap<Feed<Input>>) -> Tap<Chain>,
    alone: @escaping (Tap<Feed<Input>>) -> Tap<One>
  ) -> OfStream<Input> where Chain.Output == One.Output, Chain.Output: Equatable {
    { stream in
      eachEnd(stream, silences) { end in
        let together = ChainBench(keyed)
        together.run(stream, until: end)
        let single = Dictionary(grouping: stream) { key($0.value) }.values.flatMap { own in
          let bench = ChainBench(alone)
          bench.run(own, until: end)
          return bench.probe.outputs
        }
        return first(together.breaches())
          ?? StreamComparison(names: ("keys alone", "keys together"))
          .difference(inFixedOrder(single), inFixedOrder(together.probe.outputs))
      }
    }
  }

  /// On a lane in event time a chain gives the same at the same instants, whatever the size of the
  /// batches in which its events come: one, two, three at a time, or all at once.
  ///
  /// The order of the values is that of the stream; their own instants count, not its offsets. A
  /// value that is earlier than the one before it counts as late, as in a graph.
  ///
  /// - Parameters:
  ///   - instant: The stored property that holds a value's instant.
  ///   - chain: Builds the chain.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func batchIndependent<Input, Chain: FlowPublisher>(
    instant: KeyPath<Input, Instant>,
    chain: @escaping (Tap<Feed<Input>>) -> Tap<Chain>
  ) -> OfStream<Input> where Chain.Output: Equatable {
    { stream in
      let values = stream.map(\.value)
      let single = inBatches(of: 1, values, instant, chain)
      for size in [2, 3, max(4, values.count)] {
        let batches = inBatches(of: size, values, instant, chain)
        let names = (expected: "chain, one by one", actual: "chain, \(size) at a time")
        let difference = StreamComparison(names: names).difference(single.outputs, batches.outputs)
        if let text = first(batches.breaches) ?? difference { return text }
      }
      return first(single.breaches)
    }
  }

  private static func inBatches<Input, Chain: FlowPublisher>(
    of size: Int,
    _ values: [Input],
    _ instant: KeyPath<Input, Instant>,
    _ chain: (Tap<Feed<Input>>) -> Tap<Chain>
  ) -> (outputs: [Timed<Chain.Output>], breaches: [String]) {
    let bench = ChainBench(instant: instant, chain)
    let source = bench.world.perform(on: bench.lane) { bench.lane.addSource() }
    var newest = Instant.distantPast
    for start in stride(from: 0, to: values.count, by: size) {
      let batch = Array(values[start..<min(values.count, start + size)])
      bench.world.perform(on: bench.lane) {
        bench.feed.send(contentsOf: batch)
        newest = batch.reduce(newest) { max($0, $1[keyPath: instant]) }
        // More events of the newest instant may follow in the next batch.
        source.reached(newest.advanced(byNanoseconds: -1))
      }
      bench.world.settle()
    }
    bench.world.perform(on: bench.lane) {
      source.finish()
      bench.feed.finish()
    }
    return (bench.probe.outputs, bench.breaches())
  }
}
