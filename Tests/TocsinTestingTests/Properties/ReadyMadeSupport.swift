import Tocsin
import TocsinTesting

/// A rule whose deadline never moves.
struct Stuck: TimedRule {
  var nextDeadline = Instant.distantFuture

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    nextDeadline = Instant.epoch.advanced(by: .seconds(3))
    return .pass(input, .passed)
  }

  mutating func expire(at now: Instant) -> Due<Int>? { nil }
  mutating func finish(at now: Instant) -> Due<Int>? { nil }
}

/// A rule that never comes to an end at its deadline.
struct Babbling: TimedRule {
  var nextDeadline = Instant.distantFuture

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    nextDeadline = now
    return .pass(input, .passed)
  }

  mutating func expire(at now: Instant) -> Due<Int>? { Due(0, at: now, .quiet, isMade: true) }
  mutating func finish(at now: Instant) -> Due<Int>? { nil }
}

/// A rule that holds every input and never gives it back.
struct Keeping: TimedRule {
  var nextDeadline: Instant { .distantFuture }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> { .hold(.holding) }
  mutating func expire(at now: Instant) -> Due<Int>? { nil }
  mutating func finish(at now: Instant) -> Due<Int>? { nil }
}

/// Lets changes pass, and forgets the last value when it is written out.
struct HalfWritten: TimedRule, Codable {
  var last: Int?
  var nextDeadline: Instant { .distantFuture }
  enum CodingKeys: CodingKey {}

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    if input == last { return .drop(.unchanged) }
    last = input
    return .pass(input, .changed)
  }

  mutating func expire(at now: Instant) -> Due<Int>? { nil }
  mutating func finish(at now: Instant) -> Due<Int>? { nil }
}

/// A number with an instant of its own.
struct DatedNumber: Hashable, Sendable {
  var at: Instant
  var number: Int

  /// Numbers whose clock is off by a second at most.
  static let stream = StreamGenerator(
    events: { random in
      StreamGenerator(count: 0...40, around: .seconds(3)) { $0.number(in: 0...3) }
        .stream(seed: random.next())
        .map { Timed($0.offset, DatedNumber(at: $0.instant, number: $0.value)) }
    },
    value: { _ in DatedNumber(at: .epoch, number: 0) }
  )
  .skewed(upTo: .seconds(1)) { $0.at = $0.at.advanced(by: $1) }
}
