import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@Suite struct CircuitBreakerTests {
  private func breaker(_ change: (inout BreakerSettings) -> Void = { _ in }) -> CircuitBreaker {
    var settings = BreakerSettings()
    settings.consecutiveFailures = 3
    settings.errorRate = nil
    settings.rejections = nil
    settings.coolOff = .seconds(10)
    settings.maximumCoolOff = .seconds(40)
    settings.probes = 2
    change(&settings)
    return CircuitBreaker(settings)
  }

  private func feed(_ rule: inout CircuitBreaker, _ inputs: [BreakerInput], at now: Instant) {
    for input in inputs { _ = rule.receive(input, at: now) }
  }

  private let failure = BreakerInput.failure("time-out")

  @Test func `failures in a row trip it, and a success between them does not`() {
    var rule = breaker()
    feed(&rule, [failure, failure, .success, failure, failure], at: at(1))
    #expect(rule.state == .closed)
    let change = rule.receive(failure, at: at(2)).output
    #expect(change?.to == .open)
    #expect(change?.allowance == 0)
    #expect(change?.alert.message == "The circuit breaker is open: 3 calls in a row failed.")
    #expect(change?.alert.severity == .critical)
    #expect(change?.phase == .firing)
  }

  @Test func `an error rate trips it from its limit on, when it stands on enough calls`() {
    var rule = breaker {
      $0.consecutiveFailures = nil
      $0.errorRate = 0.5
      $0.minimumCalls = 4
    }
    feed(&rule, [failure, failure, .success], at: at(1))
    #expect(rule.state == .closed)
    #expect(rule.receive(.success, at: at(2)).output?.trip.kind == .errorRate)
  }

  @Test func `a call leaves the window exactly at its end`() {
    for (second, state) in [(60.999, BreakerState.open), (61, .closed)] {
      var rule = breaker { $0.rejections = 2 }
      feed(&rule, [.rejection("a")], at: at(1))
      feed(&rule, [.rejection("b")], at: at(second))
      #expect(rule.state == state)
    }
  }

  @Test func `losses in a row trip it, and the same row told twice does not`() {
    var rule = breaker { $0.consecutiveLosses = 2 }
    feed(&rule, [.loss, .win, .loss], at: at(1))
    #expect(rule.state == .closed)
    #expect(rule.receive(.loss, at: at(2)).output?.trip.kind == .consecutiveLosses)
    _ = rule.allDue(at: at(12))
    feed(&rule, [.streak(losses: 2)], at: at(13))
    #expect(rule.state == .halfOpen)
    feed(&rule, [.streak(losses: 3)], at: at(14))
    #expect(rule.state == .open)
  }

  @Test func `it opens for twice as long after each failed recovery, up to a maximum`() {
    var rule = breaker()
    feed(&rule, [failure, failure, failure], at: at(0))
    var opened = at(0)
    for seconds in [10, 20, 40, 40] {
      let due = rule.nextDeadline
      #expect(opened.duration(to: due) == .seconds(seconds))
      #expect(rule.allDue(at: due).map(\.output.to) == [.halfOpen])
      opened = due.advanced(by: .seconds(1))
      feed(&rule, [.attempt, failure], at: opened)
      #expect(rule.trip?.kind == .probeFailed)
    }
  }

  @Test func `half open it lets so many through, and closes when all have succeeded`() {
    var rule = breaker()
    feed(&rule, [failure, failure, failure], at: at(0))
    let early = rule.admit(at: at(5))
    #expect(!early)
    let due = rule.allDue(at: at(10))
    #expect(due.map(\.output.allowance) == [2])
    let admitted = (0..<3).map { _ in rule.admit(at: at(11)) }
    #expect(admitted == [true, true, false])
    _ = rule.receive(.success, at: at(12))
    #expect(rule.state == .halfOpen)
    let change = rule.receive(.success, at: at(13)).output
    #expect(change?.to == .closed)
    #expect(change?.phase == .resolved)
    #expect(rule.allowance == nil)
    feed(&rule, [failure, failure, failure], at: at(14))
    #expect(rule.nextDeadline == at(24))
  }

  @Test func `each recovery stands on its own calls`() {
    var rule = breaker()
    feed(&rule, [failure, failure, failure], at: at(0))
    _ = rule.allDue(at: at(10))
    feed(&rule, [.attempt, .success, .attempt, failure], at: at(11))
    #expect(rule.state == .open)
    _ = rule.allDue(at: at(31))
    #expect(rule.allowance == 2)
    feed(&rule, [.attempt, .attempt, .success], at: at(32))
    #expect(rule.state == .halfOpen && rule.allowance == 0)
    feed(&rule, [.success], at: at(33))
    #expect(rule.state == .closed)
  }

  @Test func `answers to earlier calls count for nothing while it finds out`() {
    var rule = breaker()
    feed(&rule, [failure, failure, failure], at: at(0))
    _ = rule.allDue(at: at(10))
    #expect(rule.receive(.success, at: at(11)).reason == .late)
    #expect(rule.receive(failure, at: at(11)).reason == .late)
    #expect(rule.state == .halfOpen)
  }

  @Test func `a probe that is not answered in time opens it again`() {
    var rule = breaker()
    feed(&rule, [failure, failure, failure], at: at(0))
    _ = rule.allDue(at: at(10))
    #expect(rule.nextDeadline == .distantFuture)
    _ = rule.admit(at: at(20))
    #expect(rule.allDue(at: at(49.999)).isEmpty)
    let due = rule.allDue(at: at(50))
    #expect(due.map(\.output.trip.kind) == [.probeUnanswered])
    #expect(rule.nextDeadline == at(70))
  }

  @Test func `it stays open while the drawdown is deeper than where it may recover`() {
    var rule = breaker {
      $0.drawdown = 0.1
      $0.drawdownEnd = 0.08
    }
    #expect(rule.receive(.drawdown(0.1), at: at(0)).output?.trip.kind == .drawdown)
    feed(&rule, [.drawdown(0.08)], at: at(5))
    #expect(rule.allDue(at: at(10)).isEmpty)
    #expect(rule.state == .open)
    feed(&rule, [.drawdown(0.079)], at: at(15))
    #expect(rule.allDue(at: at(20)).map(\.output.to) == [.halfOpen])
  }

  @Test func `a drawdown that is no number is refused`() {
    var rule = breaker { $0.drawdown = 0.1 }
    for depth in [Double.nan, .infinity, -0.2] {
      #expect(rule.receive(.drawdown(depth), at: at(1)).reason == .invalid)
    }
    #expect(rule.state == .closed)
  }

  @Test func `somebody may trip it, also when it is open`() {
    var rule = breaker()
    let trip = BreakerInput.trip(by: "Ada", because: "news")
    #expect(rule.receive(trip, at: at(1)).output?.trip == BreakerTrip(.forced, "Ada: news"))
    #expect(rule.receive(trip, at: at(5)).output?.from == .open)
    #expect(rule.nextDeadline == at(15))
  }

  @Test func `absurd times are contained`() {
    var rule = breaker {
      $0.coolOff = .seconds(Int64.max)
      $0.maximumCoolOff = .seconds(Int64.max)
      $0.probes = -1
    }
    feed(&rule, [.trip(by: "a", because: "b"), .trip(by: "a", because: "b")], at: at(1))
    #expect(rule.allDue(at: at(1)).isEmpty)
    #expect(rule.state == .open)
  }

  @Test func `whatever comes, it lets no more through than it may, and saved it goes on`() throws {
    for seed in 0..<300 {
      var random = MonitorRandom(seed: seed)
      var rule = breaker {
        $0.errorRate = 0.4
        $0.rejections = 4
        $0.consecutiveLosses = 4
        $0.drawdown = 0.1
      }
      var (now, admitted, last) = (0.0, 0, 0)
      for step in 0..<200 {
        now += Double(random.below(8))
        var changes = rule.allDue(at: at(now)).map(\.output)
        if let change = rule.receive(Self.input(&random), at: at(now)).output {
          changes.append(change)
        }
        if !changes.isEmpty { admitted = 0 }
        for change in changes {
          #expect(change.sequence == last + 1, "seed \(seed)")
          last = change.sequence
        }
        if rule.state != .closed, rule.admit(at: at(now)) { admitted += 1 }
        #expect(rule.state == .closed || admitted <= 2, "seed \(seed)")
        #expect(rule.state != .open || admitted == 0, "seed \(seed)")
        if step % 50 == 17 {
          let data = try JSONEncoder().encode(rule)
          #expect(try JSONDecoder().decode(CircuitBreaker.self, from: data) == rule)
        }
      }
    }
  }

  private static func input(_ random: inout MonitorRandom) -> BreakerInput {
    switch random.below(9) {
    case 0: .attempt
    case 1, 2: .success
    case 3: .failure("f")
    case 4: .rejection("r")
    case 5: .win
    case 6: .loss
    case 7: .drawdown(Double(random.below(15)) / 100)
    default: random.below(20) == 0 ? .trip(by: "a", because: "b") : .success
    }
  }
}
