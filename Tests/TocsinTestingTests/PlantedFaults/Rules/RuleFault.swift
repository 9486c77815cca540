import Tocsin
import TocsinTesting

/// A bug that somebody could write into a rule, beside the rule without it and a property that
/// tells them apart.
struct RuleFault: Sendable {
  /// What the search said about a rule.
  struct Finding: Sendable {
    var seed: UInt64
    var before: Int
    var after: Int
    var runs: Int
    var text: String
  }

  typealias Search = @Sendable (_ seeds: Int, _ count: ClosedRange<Int>) -> Finding?

  let name: String
  /// Searches the rule without the bug; nil when it holds.
  let right: Search
  /// Searches the rule with the bug.
  let wrong: Search

  /// A bug that a plain model shows.
  init<R: TimedRule & Sendable, W: TimedRule & Sendable>(
    _ name: String,
    right: R,
    wrong: W,
    over streams: @escaping @Sendable (ClosedRange<Int>) -> StreamGenerator<R.Input>,
    model: @escaping @Sendable ([Timed<R.Input>], Duration) -> [Timed<R.Output>]
  ) where R.Input == W.Input, R.Output == W.Output, R.Output: Equatable {
    self.name = name
    self.right = Self.search(streams) { Property.sameAsModel(right, model) }
    self.wrong = Self.search(streams) { Property.sameAsModel(wrong, model) }
  }

  /// A bug that a property of its own shows.
  init<Input>(
    _ name: String,
    over streams: @escaping @Sendable (ClosedRange<Int>) -> StreamGenerator<Input>,
    right: @escaping @Sendable () -> Property.OfStream<Input>,
    wrong: @escaping @Sendable () -> Property.OfStream<Input>
  ) {
    self.name = name
    self.right = Self.search(streams, right)
    self.wrong = Self.search(streams, wrong)
  }

  private static func search<Input>(
    _ streams: @escaping @Sendable (ClosedRange<Int>) -> StreamGenerator<Input>,
    _ property: @escaping @Sendable () -> Property.OfStream<Input>
  ) -> Search {
    { seeds, count in
      Property.check(seeds: seeds, streams(count), property()).map { failure in
        Finding(
          seed: failure.seed,
          before: failure.originalCount,
          after: failure.input.count,
          runs: failure.runs,
          text: "\(failure)"
        )
      }
    }
  }

  /// Small whole numbers at instants on and next to the borders of some durations.
  static func numbers(
    _ range: ClosedRange<Int> = 0...3,
    _ durations: Duration...
  ) -> @Sendable (ClosedRange<Int>) -> StreamGenerator<Int> {
    { count in
      StreamGenerator(count: count, around: durations) { $0.number(in: range) }
        .bursts(oneIn: 40).gaps(of: .hours(2), oneIn: 50).duplicates(oneIn: 20)
        .simplifying { $0 > range.lowerBound ? [range.lowerBound, $0 - 1] : [] }
    }
  }
}

/// What passes, and when: for models.
func passed<Input, Output>(
  _ inputs: [Timed<Input>],
  _ decide: (Timed<Input>) -> Output?
) -> [Timed<Output>] {
  inputs.compactMap { event in decide(event).map { Timed(event.offset, $0) } }
}

extension Duration {
  /// The span that the planted rules count with.
  static let span = Duration.seconds(10)
}
