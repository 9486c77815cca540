import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct RuleRehearsalTests {
  @Test func `a timed rule gives what is due at its own instant`() throws {
    let run = try rehearse(Debounce<String>(.seconds(3), maxWait: .seconds(5))) {
      At(.seconds(0)) { "a" }
      At(.seconds(2)) { "b" }
      At(.seconds(4)) { "c" }
    }
    run.expect {
      Silence(until: .seconds(5))
      At(.seconds(5)) { "c" }
      Silence()
    }
    run.expectReasons {
      At(.zero) { .debouncing }
      At(.seconds(2)) { .superseded }
      At(.seconds(4)) { .superseded }
      At(.seconds(5)) { .maximumWait }
    }
    expectNoDifference(
      run.books.map(\.description),
      ["Debounce: received 3, made 0, passed 1, held 0, dropped 2 (superseded 2)"]
    )
    #expect(run.script.end == .seconds(5))
    #expect(run.script.nextTimer == nil)
  }

  @Test func `the same in marbles`() throws {
    let run = try rehearse(
      Debounce<String>(.seconds(3), maxWait: .seconds(5)),
      .marbles("a . b . c")
    )
    run.expect(marbles: ". . . . . c")
  }

  @Test func `the end gives what is pending and the books are closed`() throws {
    let run = try rehearse(Debounce<String>(.seconds(3)), .marbles("a . b . |"))
    run.expect(marbles: ". . . . (b |)")
    #expect(try run.books(of: "Debounce").held == 0)
  }

  @Test func `a cancel leaves the rule alone`() throws {
    let run = try rehearse(Debounce<String>(.seconds(3)), .marbles("a . b . !"))
    run.expect { Silence() }
    #expect(try run.books(of: "Debounce").held == 1)
    #expect(run.script.end == .seconds(4))
  }

  @Test func `a timer at an input's instant goes first`() throws {
    let run = try rehearse(Debounce<String>(.seconds(3)), .marbles("a . . b |"))
    run.expect(marbles: ". . . a (b |)")
  }

  @Test func `a rule that decides at once has no timers`() throws {
    let run = try rehearse(Changed<Int>(), .marbles("1 1 2 2 1"))
    run.expect(marbles: "1 . 2 . 1")
    #expect(try run.books(of: "Changed").dropped == [.unchanged: 2])
  }

  @Test func `time runs no further than it is told to`() throws {
    let run = try rehearse(Debounce<Int>(.seconds(3)), until: .seconds(2)) { At(.zero) { 1 } }
    run.expect { Silence() }
    #expect(run.script.nextTimer == .seconds(3))
    let horizon = EventTimeline<Int> { Silence(until: .minutes(1)) }
    expectNoDifference(
      run.failure(expecting: horizon),
      """
      The output: silence is expected until 1m, and the rehearsal ended at 2s.
      Input:
          0s  1
      The rehearsal ended at 2s, before a timer at 3s. Give it an `until:` to let it run further.
      """
    )
  }

  @Test func `a start may be any instant`() throws {
    let start = Instant(nanoseconds: 1_700_000_000_000_000_000)
    let run = try rehearse(
      Hold<Int>(for: .seconds(2)) { $0 > 10 },
      .marbles("20 . ."),
      startingAt: start
    )
    run.expect { At(.seconds(2)) { Signal(20, .firing, since: start) } }
  }

  @Test(arguments: [
    (
      EventTimeline<Int>.marbles("1 #"),
      """
      The input has "failure: #" at 1s, and a rule has no subscriber and cannot fail. Rehearse its \
      operator in a chain: rehearse(...) { $0... }.
      """
    ),
    (
      EventTimeline<Int> {
        End(at: .seconds(1))
        At(.seconds(2)) { 5 }
      },
      "The input cannot be read.\nIt has \"5\" at 2s, after the \"end\" at 1s."
    ),
    (
      EventTimeline<Int> { At(.minutes(2)) { 5 } },
      """
      The input cannot be read.
      It has "5" at 2m, and time runs until 1m only. Move `until:` on.
      """
    ),
    (
      .marbles("1 . x"),
      """
      The input cannot be read.
      Marbles, character 5: "x" is no value here.
          1 . x
              ^
      """
    ),
  ])
  func `refuses what a rule cannot be given`(_ input: EventTimeline<Int>, _ words: String) {
    let error = #expect(throws: RehearsalError.self) {
      try rehearse(Debounce<Int>(.seconds(3)), input, until: .minutes(1))
    }
    expectNoDifference(error?.description, words)
  }

  @Test func `books are found by their ids`() throws {
    let run = try rehearse(Changed<Int>(), .marbles("1"))
    let error = #expect(throws: RehearsalError.self) { try run.books(of: "Chnged") }
    #expect(
      error?.description == "A step with the id \"Chnged\" is not in this rehearsal. Did you mean "
        + "\"Changed\"? Known: Changed."
    )
  }
}
