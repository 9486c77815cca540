import CustomDump
import Testing
import Tocsin
import TocsinTesting

/// The ready-made properties hold for operators of the product, and fail for those that are not.
@Suite struct ReadyMadeTests {
  let numbers = StreamGenerator(count: 0...40, around: .seconds(3), .seconds(7)) {
    $0.number(in: 0...3)
  }
  .bursts().duplicates().gaps(of: .hours(2))

  @Test func `a chain is held against a plain model`() {
    expectModel(over: numbers, chain: { $0.changed() }) { inputs, _ in
      inputs.enumerated()
        .filter { $0 == 0 || inputs[$0 - 1].value != $1.value }
        .map(\.element)
    }
  }

  @Test func `a chain that differs from its model is told where`() {
    let failure = Property.check(
      numbers,
      Property.sameAsModel(chain: { $0.debounce(asOne: .seconds(4)) }) { inputs, end in
        inputs.last.map { [Timed(min(end, $0.offset + .seconds(4)), $0.value)] } ?? []
      }
    )
    let lines = failure?.message.split(separator: "\n").map(String.init) ?? []
    #expect(lines.first == "The chain differs from the model from output 2 on:")
    #expect(failure?.input.count == 2)
  }

  @Test func `operators are twins of their rules`() {
    expectTwins(Debounce<Int>(.seconds(3), maxWait: .seconds(7)), over: numbers) {
      $0.debounce(asOne: .seconds(3), maxWait: .seconds(7))
    }
    expectTwins(Absence<Int>(.seconds(7)), over: numbers) { $0.absence(asOneOf: .seconds(7)) }
    expectTwins(Untimed(Changed<Int>()), over: numbers, keepsUnasked: false) { $0.changed() }
  }

  @Test func `an operator with another duration is no twin`() {
    let failure = Property.check(
      numbers,
      Property.twins(Debounce<Int>(.seconds(3))) {
        $0.debounce(asOne: .seconds(3) + .nanoseconds(1))
      }
    )
    #expect(failure?.input.count == 1)
    #expect(failure?.message.contains("The chain differs from the rule") == true)
  }

  @Test func `an operator that drops what nobody asked for is no keeper`() {
    let failure = Property.check(
      numbers,
      Property.twins(Untimed(Changed<Int>())) { $0.changed() }
    )
    #expect(failure?.message.contains("chain with finite demand") == true)
  }

  @Test func `the books of a chain are right after every event`() {
    expectConserved(over: numbers) {
      $0.filter { $0 > 0 }.debounce(asOne: .seconds(3))
        .window(.seconds(7), into: 0) { $0 += $1 }
    }
  }

  @Test func `rules are restored in the middle`() {
    expectRestorable(Debounce<Int>(.seconds(3), maxWait: .seconds(7)), over: numbers)
    expectRestorable(Absence<Int>(.seconds(7)), over: numbers)
    expectRestorable(
      SlidingWindow<Int>(.seconds(7), every: .seconds(3), limit: 8),
      over: numbers
    )
  }

  @Test func `every key is alone`() {
    expectEachKeyAlone(Debounce<Int>(.seconds(3)), over: numbers) { $0 }
    expectEachKeyAlone(
      over: numbers,
      key: { $0 },
      keyed: { $0.keyed(by: { $0 }, to: Int.self, limit: 9) { $0.debounce(asOne: .seconds(3)) } },
      alone: { $0.debounce(asOne: .seconds(3)) }
    )
  }

  @Test func `a chain that knows no keys does not treat them alone`() {
    let failure = Property.check(
      numbers,
      Property.eachKeyAlone(
        key: { $0 },
        keyed: { $0.debounce(asOne: .seconds(3)) },
        alone: { $0.debounce(asOne: .seconds(3)) }
      )
    )
    #expect(failure?.input.count == 2)
  }

  @Test func `batches do not matter in event time`() {
    expectBatchIndependence(over: DatedNumber.stream, instant: \.at) {
      $0.map(to: Int.self) { $0.number }.debounce(asOne: .seconds(3))
    }
  }

  @Test func `what counts its deliveries feels the batches`() {
    let failure = Property.check(
      DatedNumber.stream,
      Property.batchIndependent(instant: \.at) { tap in
        let lane = tap.lane
        return tap.map(to: Duration.self) { $0.at.duration(to: lane.now) }
          .debounce(asOne: .seconds(3))
      }
    )
    #expect(failure == nil)
  }

  @Test func `a rule that breaks its promises is told which`() {
    let stuck = Property.sameAsModel(Stuck()) { inputs, _ in inputs }
    let failure = Property.check(numbers, stuck)
    #expect(
      failure?.message.hasPrefix(
        "The rule gives nothing at its deadline 3s and keeps the deadline."
      ) == true
    )
  }

  /// A rule whose deadline never moves.
  struct Stuck: TimedRule {
    var deadline = Instant.distantFuture
    var nextDeadline: Instant { deadline }
    mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
      deadline = Instant.epoch.advanced(by: .seconds(3))
      return .pass(input, .passed)
    }
    mutating func expire(at now: Instant) -> Due<Int>? { nil }
    mutating func finish(at now: Instant) -> Due<Int>? { nil }
  }
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
