import CustomDump
import Testing

@testable import Tocsin

/// What a rule is shown and what it gets, in one list.
private final class Diary {
  var lines: [Line] = []

  enum Line: Hashable {
    case shown(Int, Lead)
    case got(Int)
  }

  var got: [Int] {
    lines.compactMap { if case .got(let number) = $0 { number } else { nil } }
  }

  /// The numbers that were shown near and not yet got when they were.
  var shownInTime: Set<Int> {
    var (seen, shown): (Set<Int>, Set<Int>) = ([], [])
    for line in lines {
      switch line {
      case .got(let number): seen.insert(number)
      case .shown(let number, .near) where !seen.contains(number): shown.insert(number)
      case .shown: break
      }
    }
    return shown
  }
}

/// Passes everything and writes down what it is told.
private struct Observing: Rule {
  let diary: Diary
  var prepares = true

  func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    diary.lines.append(.got(input))
    return .pass(input, .passed)
  }

  mutating func prepare(for input: Int, _ lead: Lead) { diary.lines.append(.shown(input, lead)) }
}

/// The same in an operator with timers, none of which is ever set.
private struct ObservingInTime: TimedRule {
  var base: Observing

  func receive(_ input: Int, at now: Instant) -> Verdict<Int> { base.receive(input, at: now) }
  var prepares: Bool { base.prepares }
  mutating func prepare(for input: Int, _ lead: Lead) { base.prepare(for: input, lead) }
  var nextDeadline: Instant { .distantFuture }
  func expire(at now: Instant) -> Due<Int>? { nil }
  func finish(at now: Instant) -> Due<Int>? { nil }
}

@Suite struct LookoutTests {
  let world = Timeline.virtual()

  /// The shapes of a chain before the rule. Every number passes all of them.
  enum Way: CaseIterable {
    case feed, edge, filter, merge, timed
  }

  private func watch(_ way: Way, _ feed: Feed<Int>, _ lane: Lane, _ rule: Observing) {
    let outlet = Outlet<Int>("numbers")
    if way != .feed { feed.send(to: outlet) }
    switch way {
    case .feed: _ = RulePublisher(feed, rule, on: lane, node: Node("rule")).each { _ in }
    case .edge: _ = Tap(outlet).rule(rule).each { _ in }
    case .filter: _ = Tap(outlet).filter { $0 >= 0 }.rule(rule).each { _ in }
    case .merge: _ = Merge(Tap(outlet), Tap(Outlet<Int>("none"))).rule(rule).each { _ in }
    case .timed: _ = Tap(outlet).timed(ObservingInTime(base: rule)).each { _ in }
    }
  }

  /// Sends the spans to the rule, one after the other, and gives what it saw.
  private func run(_ way: Way, _ spans: [[Int]], isEventTime: Bool, prepares: Bool) -> Diary {
    let diary = Diary()
    let lane = isEventTime ? world.eventTimeLane("events") : world.lane("lane")
    let feed = world.perform(on: lane) {
      let feed = Feed<Int>(on: lane)
      watch(way, feed, lane, Observing(diary: diary, prepares: prepares))
      return feed
    }
    world.perform(on: lane) {
      for span in spans { feed.send(contentsOf: span) }
      if isEventTime { lane.advance(to: Instant(nanoseconds: 1)) }
    }
    return diary
  }

  @Test(arguments: Way.allCases, [false, true])
  func `a rule is shown every value of a span before it gets it`(way: Way, isEventTime: Bool) {
    let numbers = Array(0..<100)
    let diary = run(way, [numbers], isEventTime: isEventTime, prepares: true)
    expectNoDifference(diary.got, numbers)
    expectNoDifference(diary.shownInTime, Set(numbers))
  }

  @Test(arguments: Way.allCases)
  func `a value is shown near once, with at most sixteen others before it is given`(way: Way) {
    let diary = run(way, [Array(0..<300)], isEventTime: false, prepares: true)
    let near = diary.lines.filter { if case .shown(_, .near) = $0 { true } else { false } }
    #expect(near.count == 300)
    var waiting = 0
    for line in diary.lines {
      if case .got = line { waiting -= 1 }
      if case .shown(_, .near) = line { waiting += 1 }
      #expect(waiting <= 16)
    }
  }

  @Test(arguments: Way.allCases)
  func `a value that comes alone is not shown, and neither is any to a rule that does not care`(
    way: Way
  ) {
    let alone = run(way, [[1], [2], [3]], isEventTime: false, prepares: true)
    expectNoDifference(alone.lines, [.got(1), .got(2), .got(3)])
    let careless = run(way, [Array(0..<40)], isEventTime: false, prepares: false)
    expectNoDifference(careless.lines, (0..<40).map { .got($0) })
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `what a rule gets does not depend on what it is shown, whatever the spans`(seed: UInt64) {
    var random = StructureRandom(seed: seed)
    var (spans, next): ([[Int]], Int) = ([], 0)
    for _ in 0..<30 {
      let count = random.below(random.oneIn(4) ? 90 : 12)
      spans.append(Array(next..<next + count))
      next += count
    }
    let way = Way.allCases[random.below(Way.allCases.count)]
    let diary = run(way, spans, isEventTime: random.oneIn(2), prepares: true)
    expectNoDifference(diary.got, Array(0..<next), "seed \(seed)")
  }

  @Test func `who sees what values are made of sees it for every value, alone or in an envelope`() {
    var (near, far): ([Int], [Int]) = ([], [])
    let lengths = Lookout<Int>(
      each: { numbers, glimpse in
        near += glimpse.near.map { numbers[$0] }
        far += glimpse.far.map { numbers[$0] }
      },
      enveloped: { _, _ in Issue.record("made values have no envelopes") }
    )
    let words = lengths.after { (word: String) in word.count }
    words.showEach(["a", "bc", "def"], Glimpse(near: 0..<2, far: 2..<3))
    let stamp = Stamp(ingested: .distantPast, sequence: 0)
    let envelopes = ["-", "ghij", "-", "klmno", "pqrstu"].map { Envelope($0, stamp) }
    words.showEnveloped(envelopes, Glimpse(near: 1..<2, far: 3..<5))
    words.showEach(["-"], Glimpse(near: 0..<0, far: 1..<1))
    expectNoDifference(near, [1, 2, 4])
    expectNoDifference(far, [3, 5, 6])
  }

  @Test(arguments: 0...40)
  func `all of a span are to be shown near exactly once, and none far that are near`(count: Int) {
    var (near, far): ([Int], [Int]) = ([], [])
    var looked = 0
    while looked < count {
      let next = Glimpse(after: looked, of: count)
      #expect(next.far.isEmpty || next.far.lowerBound >= next.near.upperBound)
      near += next.near
      far += next.far
      looked = next.near.upperBound
    }
    expectNoDifference(near, Array(0..<count))
    expectNoDifference(far, Array(16..<max(16, count)))
  }
}
