import CustomDump
import Testing
import Tocsin

@Suite struct HoldTests {
  typealias Run = RuleRun<Hold<Int>>

  func hold(_ duration: Int64, keepFiring: Int64 = 0) -> Hold<Int> {
    Hold(for: .nanoseconds(duration), keepFiring: .nanoseconds(keepFiring)) { $0 > 0 }
  }

  @Test func `fires exactly after the duration, without another value, with the newest value`() {
    let run = Run.over(hold(3), [(0, 1), (2, 2)], until: 99)
    expectNoDifference(run.lines, ["3 firing(2) since 0 heldLongEnough"])
    #expect(run.ledger == RuleLedger(taken: 2, made: 1, given: 1, dropped: 2))
  }

  let flapping: [(Int64, Int)] = [(0, 1), (4, 0), (6, 2), (8, -1), (13, 3)]

  @Test func `resolves at once when nothing keeps it firing`() {
    let run = Run.over(hold(3), flapping, until: 15)
    expectNoDifference(
      run.lines,
      ["3 firing(1) since 0 heldLongEnough", "4 resolved(0) since 4 resolved"]
    )
    expectNoDifference(run.reasons, [.holding, .resolved, .holding, .conditionEnded, .holding])
  }

  @Test func `keeps firing until the condition has been gone long enough`() {
    let run = Run.over(hold(3, keepFiring: 4), flapping, until: 15)
    expectNoDifference(
      run.lines,
      ["3 firing(1) since 0 heldLongEnough", "12 resolved(-1) since 8 resolved"]
    )
    expectNoDifference(
      run.reasons,
      [.holding, .keptFiring, .stillFiring, .keptFiring, .holding]
    )
  }

  @Test(arguments: [(2, 0), (3, 2), (4, 2)])
  func `a condition that ends at the deadline has held long enough`(end: Int, count: Int) {
    #expect(Run.over(hold(3), [(0, 1), (Int64(end), 0)], until: 99).lines.count == count)
  }

  @Test(arguments: [(7, 1), (8, 2)])
  func `a condition that returns when the keeping is over comes too late`(back: Int, count: Int) {
    let run = Run.over(hold(3, keepFiring: 4), [(0, 1), (4, 0), (Int64(back), 1)], until: 9)
    #expect(run.lines.count == count)
  }

  @Test func `a duration of zero fires with the value itself`() {
    let run = Run.over(hold(0), [(0, 0), (1, 1), (2, 1), (2, 0)], until: 99)
    expectNoDifference(
      run.lines,
      ["1 firing(1) since 1 heldLongEnough", "2 resolved(0) since 2 resolved"]
    )
    expectNoDifference(
      run.reasons,
      [.belowThreshold, .heldLongEnough, .stillFiring, .resolved]
    )
  }

  @Test func `at the end only a signal whose condition is gone is delivered`() {
    expectNoDifference(Run.over(hold(3), [(0, 1)], until: 2).lines, [])
    let kept = Run.over(hold(0, keepFiring: 9), [(0, 1), (1, 0)], until: 2)
    expectNoDifference(kept.lines.last, "2 resolved(0) since 1 ended")
    let open = Run.over(hold(0, keepFiring: 9), [(0, 1)], until: 2)
    #expect(open.lines.count == 1)
  }

  @Test func `its state can be saved and restored`() throws {
    for stop in flapping.indices {
      var run = Run(hold(3, keepFiring: 4))
      for (index, (time, value)) in flapping.enumerated() {
        if index == stop { run.rule.state = try run.rule.state.writtenAndRead() }
        run.receive(value, at: time)
      }
      run.finish(at: 15)
      expectNoDifference(
        run.lines,
        ["3 firing(1) since 0 heldLongEnough", "12 resolved(-1) since 8 resolved"]
      )
    }
  }

  @Test func `is forgotten only when idle`() {
    var run = Run(hold(3, keepFiring: 4))
    let idle = [(0, 0, true), (1, 1, false), (5, 1, false), (6, 0, false), (7, 0, false)]
    for (time, value, isIdle) in idle + [(11, 0, true)] {
      run.receive(value, at: Int64(time))
      #expect(run.rule.canBeForgotten == isIdle, "at \(time)")
    }
  }

  /// Every stage with a deadline, as only a damaged file or a stage set by hand combines them.
  @Test(arguments: [
    ("idle", "idle"), ("pending", "idle"), ("firing", "firing"), ("kept", "firing"),
  ])
  func `a state that cannot be stops its timer and gives nothing`(
    damaged: String,
    repaired: String
  ) throws {
    var rule = hold(3, keepFiring: 4)
    _ = rule.receive(1, at: .epoch)
    rule.state = try rule.state.writtenWithout("latest", insert: ["stage": damaged])
    #expect(rule.nextDeadline.nanoseconds == 3)
    #expect(rule.expire(at: Instant(nanoseconds: 2)) == nil)
    #expect(rule.nextDeadline.nanoseconds == 3)
    #expect(rule.expire(at: Instant(nanoseconds: 3)) == nil)
    #expect(rule.nextDeadline == .distantFuture)
    #expect(rule.state.stage.rawValue == repaired)
    #expect(rule.finish(at: Instant(nanoseconds: 4)) == nil)
  }

  @Test func `a stage set by hand does not fire with the value of another`() {
    var rule = hold(3)
    _ = rule.receive(1, at: .epoch)
    rule.state.stage = .idle
    #expect(rule.expire(at: Instant(nanoseconds: 3)) == nil)
    #expect(rule.nextDeadline == .distantFuture)
  }

  @Test func `agrees with a clock that is read every nanosecond`() {
    for seed in 0..<700 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let (wait, keep) = (random.pick([1, 2, 5, 9] as [Int64]), random.pick([1, 3, 8] as [Int64]))
      let moments = random.moments(50, around: [wait, keep]) { $0.pick([1, 2, 3, 0, -1]) }
      let end = moments[49].0 + random.pick([0, 1, 20])
      let lines = poll(moments, wait, keep, end)
      expectRun(of: hold(wait, keepFiring: keep), moments, until: end, gives: lines, seed: seed)
    }
  }

  func poll(_ all: [(Int64, Int)], _ wait: Int64, _ keep: Int64, _ end: Int64) -> [String] {
    var lines: [String] = []
    var (isFiring, since, latest) = (false, Int64.min / 2, 0)
    polled(all, until: end) { time in
      let (holds, age) = (latest > 0, time - since)
      guard holds != isFiring, age >= (holds ? wait : keep), age < 1 << 60 else { return }
      isFiring = holds
      let line = "\(holds ? "firing" : "resolved")(\(latest)) since \(since)"
      lines.append("\(time) \(line) \(holds ? "heldLongEnough" : "resolved")")
    } input: { time, value in
      if (value > 0) != (latest > 0) { since = time }
      latest = value
    }
    if isFiring && latest <= 0 { lines.append("\(end) resolved(\(latest)) since \(since) ended") }
    return lines
  }
}
