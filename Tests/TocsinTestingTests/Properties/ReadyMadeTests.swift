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

  @Test func `a chain that keeps an input for ever is not conserved`() {
    withKnownIssue {
      expectConserved(over: numbers) { $0.timed(Keeping()) }
    } matching: {
      "\($0)".contains("A step still holds values after the stream is over.")
        && "\($0)".contains("received 1, made 0, passed 0, held 1, dropped 0")
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

  @Test func `a rule that writes out only half of itself is not restored`() {
    withKnownIssue {
      expectRestorable(HalfWritten(), over: numbers)
    } matching: {
      "\($0)".contains("The restored rule differs from the rule that ran through")
    }
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

  @Test func `what reads the lane's time does not feel the batches`() {
    expectBatchIndependence(over: DatedNumber.stream, instant: \.at) { tap in
      let lane = tap.lane
      return tap.map(to: Duration.self) { $0.at.duration(to: lane.now) }
        .debounce(asOne: .seconds(3))
    }
  }

  @Test func `what counts the turns of its lane feels the batches`() {
    let failure = Property.check(
      DatedNumber.stream,
      Property.batchIndependent(instant: \.at) { tap in
        let (lane, turns) = (tap.lane, Flag())
        return tap.map(to: Int.self) { _ in
          lane.execute { turns.set() }
          return turns.count
        }
      }
    )
    let lines = failure?.message.split(separator: "\n").map(String.init) ?? []
    #expect(
      lines.first
        == "The chain, 2 at a time differs from the chain, one by one from output 2 on:"
    )
    #expect(failure?.input.count == 2)
  }

  @Test func `a rule that breaks its promises is told which`() {
    let stuck = Property.sameAsModel(Stuck()) { inputs, _ in inputs }
    let failure = Property.check(numbers, stuck)
    #expect(
      failure?.message.hasPrefix(
        "The rule acts for ever at 3s: `nextDeadline` must move on"
      ) == true
    )
  }

  @Test func `a rule that makes values without end is stopped`() {
    let driven = DrivenRule.over(Babbling(), [Timed(.zero, 1)], until: .zero)
    #expect(driven.breaches.first?.hasPrefix("The rule acts for ever at 0s") == true)
  }
}
