public import Tocsin

extension Property {
  /// A property of a stream: nil when it holds, else what is wrong. Give it to
  /// ``check(seeds:startingAt:_:shrinkRuns:_:)`` or to `forAll`.
  public typealias OfStream<Input> = ([Timed<Input>]) throws -> String?

  /// A rule gives what a plain model gives, at the same instants, and keeps its promises: the
  /// books, nothing late or early, the same when it is asked late.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state. A rule without timers goes in as `Untimed(rule)`.
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - model: What should come out for a whole input that ends at an offset. Plain and slow.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func sameAsModel<R: TimedRule>(
    _ rule: R,
    silences: [Duration] = Silences.usual,
    _ model: @escaping (_ inputs: [Timed<R.Input>], _ end: Duration) throws -> [Timed<R.Output>]
  ) -> OfStream<R.Input> where R.Output: Equatable {
    { stream in
      try eachEnd(stream, silences) { end in
        let run = DrivenRule.over(rule, stream, until: end)
        let wanted = try model(stream, end)
        return first(run.breaches)
          ?? StreamComparison(names: ("model", "rule")).difference(wanted, run.outputs)
          ?? asLate(rule, stream, end, run.outputs)
      }
    }
  }

  private static func asLate<R: TimedRule>(
    _ rule: R,
    _ stream: [Timed<R.Input>],
    _ end: Duration,
    _ outputs: [Timed<R.Output>]
  ) -> String? where R.Output: Equatable {
    let late = DrivenRule.over(rule, stream, until: end, isLazy: true)
    return StreamComparison(names: ("rule", "rule asked late")).difference(outputs, late.outputs)
  }

  /// A rule that is written out and read back on the way goes on as if nothing was: a restart
  /// changes nothing. Streams of up to 32 events are saved before every event, longer ones 32 times.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state.
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - restore: Writes the rule out and reads it back.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func restorable<R: TimedRule>(
    _ rule: R,
    silences: [Duration] = Silences.usual,
    restore: @escaping (R) throws -> R
  ) -> OfStream<R.Input> where R.Output: Equatable {
    { stream in
      let step = max(1, (stream.count + 31) / 32)
      return try eachEnd(stream, silences) { end in
        var saved = DrivenRule(rule)
        for (index, event) in stream.enumerated() {
          if index % step == 0 { saved.rule = try restore(saved.rule) }
          saved.receive(event.value, at: event.instant)
        }
        saved.rule = try restore(saved.rule)
        saved.finish(at: .epoch.advanced(by: end))
        let whole = DrivenRule.over(rule, stream, until: end)
        return first(saved.breaches)
          ?? StreamComparison(names: ("rule that ran through", "restored rule"))
          .difference(whole.outputs, saved.outputs)
      }
    }
  }

  /// Every key of a keyed rule is treated as if it were alone.
  ///
  /// - Parameters:
  ///   - keyed: The rule for all keys together.
  ///   - alone: The rule for one key.
  ///   - silences: How long after its last event a stream ends; each is tried.
  ///   - key: The key of an input.
  /// - Returns: A property for `Property.check` and `forAll`.
  public static func eachKeyAlone<Keyed: TimedRule, Alone: TimedRule, Key: Hashable>(
    _ keyed: Keyed,
    _ alone: Alone,
    silences: [Duration] = Silences.usual,
    key: @escaping (Keyed.Input) -> Key
  ) -> OfStream<Keyed.Input>
  where
    Keyed.Input == Alone.Input, Keyed.Output == Alone.Output, Keyed.Output: Equatable
  {
    { stream in
      eachEnd(stream, silences) { end in
        let together = DrivenRule.over(keyed, stream, until: end)
        let single = Dictionary(grouping: stream) { key($0.value) }.values.flatMap {
          DrivenRule.over(alone, $0, until: end).outputs
        }
        return first(together.breaches)
          ?? StreamComparison(names: ("keys alone", "keys together"))
          .difference(inFixedOrder(single), inFixedOrder(together.outputs))
      }
    }
  }
}

extension Property {
  /// How long after the last event of a stream its end comes.
  public enum Silences {
    /// At once, and after an hour.
    public static let usual: [Duration] = [.zero, .hours(1)]
  }

  /// Tries every end of a stream, and says with which it failed.
  static func eachEnd<Input>(
    _ stream: [Timed<Input>],
    _ silences: [Duration],
    _ body: (Duration) throws -> String?
  ) rethrows -> String? {
    for silence in silences {
      let end = (stream.last?.offset ?? .zero) + silence
      if let text = try body(end) { return text + "\n(The stream ends at \(end.offsetText).)" }
    }
    return nil
  }

  static func first(_ breaches: [String]) -> String? {
    guard let first = breaches.first else { return nil }
    return breaches.count == 1 ? first : "\(first)\n(and \(breaches.count - 1) more breaches)"
  }

  /// By offset, and at one offset by text: for outputs of keys, which have no order of their own.
  static func inFixedOrder<Value>(_ outputs: [Timed<Value>]) -> [Timed<Value>] {
    outputs.map { (event: $0, text: valueText($0.value)) }
      .sorted { ($0.event.offset, $0.text) < ($1.event.offset, $1.text) }
      .map(\.event)
  }
}
