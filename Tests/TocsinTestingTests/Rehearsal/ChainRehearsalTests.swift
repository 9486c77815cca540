import CustomDump
import OpenCombine
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct ChainRehearsalTests {
  @Test(arguments: RehearsalLane.allCases)
  func `debounce`(_ lane: RehearsalLane) throws {
    let run = try rehearse("a . b . c . . . . d |", lane: lane) {
      $0.debounce(asOne: .seconds(3))
    }
    run.expect(marbles: ". . . . . . . c . . (d |)")
    expectNoDifference(
      run.books.map(\.description),
      [
        "input: received 4, made 0, passed 4, held 0, dropped 0",
        "input/debounce: received 4, made 0, passed 2, held 0, dropped 2 (superseded 2)",
      ]
    )
  }

  @Test(arguments: RehearsalLane.allCases)
  func `cooldown by key`(_ lane: RehearsalLane) throws {
    let input = EventTimeline<Alert> {
      Every(.seconds(1), until: .seconds(5)) { Alert("feed.stale", .warning) }
      At(.seconds(2)) { Alert("feed.stale", .critical) }
    }
    let run = try rehearse(input, lane: lane) { $0.cooldown(.seconds(10)) }
    run.expectAlerts {
      At(.zero) { Fired("feed.stale", .warning) }
      At(.seconds(2)) { Fired("feed.stale", .critical, occurrences: 3) }
    }
  }

  @Test(arguments: RehearsalLane.allCases)
  func `hold`(_ lane: RehearsalLane) throws {
    let run = try rehearse("+ . . . x . |", ["+": 20, "x": 5], lane: lane) {
      $0.hold(asOneFor: .seconds(3)) { $0 > 10 }
    }
    let since = Instant.epoch
    run.expect(
      marbles: ". . . F R . |",
      [
        "F": Signal(20, .firing, since: since),
        "R": Signal(5, .resolved, since: since.advanced(by: .seconds(4))),
      ]
    )
  }

  @Test(arguments: RehearsalLane.allCases)
  func `zip`(_ lane: RehearsalLane) throws {
    let run = try rehearse("a . b . c |", ". x . . y z |", lane: lane) { Zip($0, $1) }
    run.expect {
      At(.seconds(1)) { Pair("a", "x") }
      At(.seconds(4)) { Pair("b", "y") }
      At(.seconds(5)) { Pair("c", "z") }
      End(at: .seconds(5))
    }
    #expect(try run.books(of: "zip").held == 0)
  }

  @Test func `two inputs may be of different types`() throws {
    let run = try rehearse(
      EventTimeline<Int>.marbles("1 . 2"),
      EventTimeline<String>.marbles(". a .")
    ) { CombineLatest($0, $1).map(to: String.self) { "\($0.first)\($0.second)" } }
    run.expect(marbles: ". 1a 2a")
  }

  @Test func `any number of inputs of one type are served in their order`() throws {
    let inputs = ["a . d |", "b . e |", "c . f |"].map { EventTimeline<String>.marbles($0) }
    let run = try rehearse(inputs) { taps in
      MergeAll(of: String.self) { for tap in taps { tap } }
    }
    run.expect(marbles: "(a b c) . (d e f) |")
    #expect(run.script.inputs.map(\.name) == ["input 1", "input 2", "input 3"])
  }

  @Test func `the subscriber asks for what the input says`() throws {
    let run = try rehearse("(?1 a) b c ?1 . ? |") { $0.debounce(asOne: .milliseconds(100)) }
    run.expect {
      At(.milliseconds(100)) { "a" }
      At(.seconds(3)) { "b" }
      At(.seconds(5)) { "c" }
      End(at: .seconds(6))
    }
  }

  @Test func `a cancel ends everything`() throws {
    let run = try rehearse("a . b . ! . c") { $0.debounce(asOne: .seconds(3)) }
    run.expect { Silence() }
    #expect(try run.books(of: "debounce").dropped == [.superseded: 1, .cancelled: 1])
    #expect(try run.books(of: "input").dropped == [.noSubscriber: 1])
  }

  @Test func `what comes before the subscription is gone`() throws {
    let run = try rehearse("a b ^ c |") { $0.filter { _ in true } }
    run.expect(marbles: ". c |")
    #expect(try run.books(of: "input").dropped == [.noSubscriber: 2])
  }

  @Test func `a failure is refused`() {
    let error = #expect(throws: RehearsalError.self) {
      try rehearse("a . #") { $0.filter { _ in true } }
    }
    expectNoDifference(
      error?.description,
      """
      The input fails at 2s, and a chain of taps never fails: its failure type is Never, and what \
      goes wrong is a value. Let it end with `|`, or rehearse a stock publisher with \
      rehearse(stock:).
      """
    )
  }

  @Test func `both kinds of lanes give the same over many timelines`() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let input = random.timeline(upTo: 12)
      func run(_ lane: RehearsalLane) throws -> EventTimeline<Int> {
        try rehearse(input, lane: lane) {
          $0.debounce(asOne: .seconds(2), maxWait: .seconds(3)).filter { $0 > 0 }
        }.output
      }
      expectNoDifference(try run(.virtualTime), try run(.eventTime), "seed \(seed)")
    }
  }

  @Test func `a chain does what its rule does`() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let input = random.timeline(upTo: 12)
      let rule = Debounce<Int>(.seconds(2), maxWait: .seconds(3))
      let chain = try rehearse(input) { $0.timed(rule) }
      expectNoDifference(try rehearse(rule, input).output, chain.output, "seed \(seed)")
    }
  }

  @Test func `a publisher that breaks the protocol is caught`() {
    let probe = RehearsalProbe<Int, Never>(demand: 0) { .seconds(1) }
    _ = probe.receive(1)
    probe.receive(completion: .finished)
    _ = probe.receive(2)
    expectNoDifference(
      probe.breaches,
      [
        "The protocol of publishers is broken at 1s: 1 came although nothing was asked for.",
        "The protocol of publishers is broken at 1s: 2 came after the end.",
        "The protocol of publishers is broken at 1s: 2 came although nothing was asked for.",
      ]
    )
  }

  @Test func `a heartbeat without an end stops after a day`() throws {
    let run = try rehearse("a") { $0.timed(Heartbeat()) }
    #expect(run.output.moments.count == 24)
    #expect(run.script.nextTimer == .seconds(25 * 3_600))
    #expect(run.script.description.contains("The rehearsal ended at 1d, before a timer at 1d1h."))
  }
}

/// Speaks every hour after its first input, for ever.
private struct Heartbeat: TimedRule {
  var nextDeadline = Instant.distantFuture

  mutating func receive(_ input: String, at now: Instant) -> Verdict<String> {
    nextDeadline = now.advanced(by: .seconds(3_600))
    return .drop(.filtered)
  }

  mutating func expire(at now: Instant) -> Due<String>? {
    guard nextDeadline <= now else { return nil }
    defer { nextDeadline = nextDeadline.advanced(by: .seconds(3_600)) }
    return Due("beat", at: nextDeadline, .quiet, isMade: true)
  }

  func finish(at now: Instant) -> Due<String>? { nil }
}
