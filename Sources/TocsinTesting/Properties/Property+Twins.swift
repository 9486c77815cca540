public import Tocsin

extension Property {
  /// A chain does what its rule does when it is driven by hand: the same values at the same
  /// instants. Finite demand loses nothing, a cancel gives what came before it and nothing after,
  /// and neither leaves a timer or a value behind.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state.
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - keepsUnasked: Whether the chain keeps what nobody has asked for. An operator that drops it as
  ///     `no demand` does not, and is not run with finite demand.
  ///   - chain: Builds the operator around the rule.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func twins<R: TimedRule, Chain: FlowPublisher>(
    _ rule: R,
    silences: [Duration] = Silences.usual,
    keepsUnasked: Bool = true,
    chain: @escaping (Tap<Feed<R.Input>>) -> Tap<Chain>
  ) -> OfStream<R.Input> where Chain.Output == R.Output, R.Output: Equatable {
    { stream in
      eachEnd(stream, silences) { end in
        let rule = DrivenRule.over(rule, stream, until: end)
        let twin = Twin(stream: stream, end: end, expected: rule.outputs, chain: chain)
        return first(rule.breaches) ?? twin.whole() ?? (keepsUnasked ? twin.asked() : nil)
          ?? twin.cancelled()
      }
    }
  }
}

/// A chain, beside what its rule gave by hand.
private struct Twin<Input, Chain: FlowPublisher> where Chain.Output: Equatable {
  let stream: [Timed<Input>]
  let end: Duration
  let expected: [Timed<Chain.Output>]
  let chain: (Tap<Feed<Input>>) -> Tap<Chain>

  /// With unlimited demand, to the end.
  func whole() -> String? {
    let bench = ChainBench(chain)
    bench.run(stream, until: end)
    if !bench.probe.isOver { return "The chain did not end with its source." }
    return Property.first(bench.breaches())
      ?? StreamComparison(names: ("rule", "chain")).difference(expected, bench.probe.outputs)
  }

  /// With finite demand, drawn from the number of events, and all that is left asked for at the end.
  func asked() -> String? {
    var random = SeededRandom(seed: UInt64(stream.count))
    let bench = ChainBench(demand: random.number(in: 0...4), chain)
    for event in stream {
      bench.at(event.offset) {
        bench.feed.send(event.value)
        bench.probe.ask(random.pick([0, 0, 1, 3]))
      }
    }
    bench.at(end) { bench.feed.finish() }
    bench.at(end + .nanoseconds(5)) { bench.probe.ask(nil) }
    let names = (expected: "rule", actual: "chain with finite demand")
    return Property.first(bench.breaches())
      ?? StreamComparison(names: names).difference(
        timeless(expected),
        timeless(bench.probe.outputs)
      )
  }

  /// Cancelled right after an event in the middle.
  func cancelled() -> String? {
    guard !stream.isEmpty else { return nil }
    let stop = stream.count / 2
    let bench = ChainBench(chain)
    for (index, event) in stream.enumerated() {
      bench.at(event.offset) {
        bench.feed.send(event.value)
        if index == stop { bench.probe.cancel() }
      }
    }
    bench.at(end) { bench.feed.finish() }
    let given = bench.probe.outputs
    let surely = expected.prefix { $0.offset < stream[stop].offset }.count
    let wanted = Array(expected.prefix(max(surely, given.count)))
    let names = (expected: "rule", actual: "chain that was cancelled")
    return Property.first(bench.breaches())
      ?? StreamComparison(names: names).difference(wanted, given)
  }

  /// The order counts, the instants do not.
  private func timeless(_ outputs: [Timed<Chain.Output>]) -> [Timed<Chain.Output>] {
    outputs.map { Timed(.zero, $0.value) }
  }
}
