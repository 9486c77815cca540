import CustomDump
import Testing

@testable import Tocsin

private struct Tick: KeyedEvent, Hashable, Sendable {
  var key: Int
  var number: Int
}

/// Holds the newest value until nothing came for `delay`, which its first value chooses: an inner
/// rule with deadlines of its own.
private struct Settling: TimedRule, Equatable {
  var held: Tick?
  var due = Instant.distantFuture

  mutating func receive(_ input: Tick, at now: Instant) -> Verdict<Tick> {
    if input.number.isMultiple(of: 5) { return .pass(input, .passed) }
    let isNew = held == nil
    held = input
    due = now.advanced(byNanoseconds: Int64(input.number % 7) * 400_000)
    return isNew ? .hold(.debouncing) : .replace(.debouncing)
  }

  var nextDeadline: Instant { due }

  mutating func expire(at now: Instant) -> Due<Tick>? {
    due <= now ? release(.quiet) : nil
  }

  mutating func finish(at now: Instant) -> Due<Tick>? { release(.ended) }

  private mutating func release(_ reason: Reason) -> Due<Tick>? {
    guard let value = held else { return nil }
    defer { (held, due) = (nil, .distantFuture) }
    return Due(value, at: due, reason)
  }
}

/// Passes every third value: a rule that does not act when time passes.
private struct EveryThird: Rule {
  var seen = 0

  mutating func receive(_ input: Tick, at now: Instant) -> Verdict<Tick> {
    seen += 1
    return seen.isMultiple(of: 3) ? .pass(input, .passed) : .drop(.filtered)
  }
}

/// The same as a dictionary of rules, looked through from end to end at every step.
private struct PlainByKey<Inner: TimedRule> where Inner.Input == Tick {
  var prototype: Inner
  var idle: Int64?
  var limit: Int?
  var rules: [Int: Inner] = [:]
  var lastSeen: [Int: Instant] = [:]

  mutating func receive(_ input: Tick, at now: Instant) -> Verdict<Inner.Output> {
    if rules[input.key] == nil, let limit, rules.count >= limit { return .drop(.keyLimit) }
    lastSeen[input.key] = now
    return rules[input.key, default: prototype].receive(input, at: now)
  }

  /// All that is due, as a sorted list: the order among equal instants is compared elsewhere.
  mutating func expire(at now: Instant) -> [Due<Inner.Output>] {
    var due: [Due<Inner.Output>] = []
    for key in rules.keys.sorted() {
      while let one = rules[key]?.expire(at: now) { due.append(one) }
      if let idle, rules[key]?.nextDeadline == .distantFuture,
        let seen = lastSeen[key], seen.advanced(byNanoseconds: idle) <= now
      {
        rules[key] = nil
      }
    }
    return due
  }
}

private func drain<R: TimedRule>(_ rule: inout R, at now: Instant) -> [Due<R.Output>] {
  var due: [Due<R.Output>] = []
  while let one = rule.expire(at: now) { due.append(one) }
  #expect(rule.nextDeadline > now)
  return due
}

private func sorted(_ due: [Due<Tick>]) -> [Due<Tick>] {
  due.sorted { ($0.instant, $0.output.key) < ($1.instant, $1.output.key) }
}

private func compare<Inner: TimedRule>(
  _ prototype: Inner,
  seed: UInt64
) where Inner.Input == Tick, Inner.Output == Tick {
  var random = StructureRandom(seed: seed)
  let idle: Int64? = random.oneIn(3) ? nil : 1 + Int64(random.below(4_000_000))
  let limit: Int? = random.oneIn(2) ? nil : 1 + random.below(12)
  let span = idle.map { Duration.nanoseconds($0) }
  var byKey = ByKey(prototype, idle: span, limit: limit) { $0.key }
  var byEventKey = ByEventKey(prototype, idle: span, limit: limit)
  var plain = PlainByKey(prototype: prototype, idle: idle, limit: limit)
  var now = Instant(nanoseconds: Int64(seed) - 10)
  for number in 0..<600 {
    now = now.advanced(byNanoseconds: Int64(random.below(random.oneIn(20) ? 9_000_000 : 200_000)))
    let due = drain(&byKey, at: now)
    let instants = due.map { $0.instant }
    #expect(instants == instants.sorted())
    expectNoDifference(sorted(due), sorted(plain.expire(at: now)))
    #expect(drain(&byEventKey, at: now) == due)
    #expect(byKey.keyCount == plain.rules.count && byEventKey.keyCount == plain.rules.count)
    let tick = Tick(key: random.below(20), number: number)
    let verdict = plain.receive(tick, at: now)
    #expect(byKey.receive(tick, at: now) == verdict)
    #expect(byEventKey.receive(tick, at: now) == verdict)
    let earliest = plain.rules.values.map { $0.nextDeadline }.min() ?? .distantFuture
    #expect(idle == nil ? byKey.nextDeadline == earliest : byKey.nextDeadline <= earliest)
  }
}

@Test(arguments: 0..<40 as Range<UInt64>)
func `rules by key agree with a dictionary of rules`(seed: UInt64) {
  compare(Settling(), seed: seed)
  compare(Untimed(EveryThird()), seed: seed)
  // A rule whose deadlines come in no order: each key's grid is its own.
  compare(Sample(every: .nanoseconds(Int64(seed % 4 + 1) * 700_000)), seed: seed)
}

@Test func `a key that is idle is forgotten and starts anew`() {
  var rule = ByKey(EveryThird(), idle: .nanoseconds(100)) { $0.key }
  for now in [0, 60] as [Int64] {
    #expect(rule.receive(Tick(key: 1, number: 0), at: Instant(nanoseconds: now)).output == nil)
  }
  #expect(rule.nextDeadline.nanoseconds == 100)
  #expect(rule.expire(at: Instant(nanoseconds: 100)) == nil)
  #expect(rule.nextDeadline.nanoseconds == 160)
  #expect(rule.keyCount == 1)
  #expect(rule.expire(at: Instant(nanoseconds: 160)) == nil)
  #expect(rule.keyCount == 0 && rule.forgottenCount == 1)
  #expect(rule.nextDeadline == .distantFuture)
  let third = rule.receive(Tick(key: 1, number: 0), at: Instant(nanoseconds: 161))
  #expect(third == .drop(.filtered))
}

@Test func `a key whose rule waits is not forgotten before it has let go`() {
  var rule = ByEventKey(Settling(), idle: .nanoseconds(100))
  _ = rule.receive(Tick(key: 1, number: 6), at: .epoch)
  #expect(rule.expire(at: Instant(nanoseconds: 2_399_999)) == nil)
  #expect(rule.keyCount == 1)
  let due = drain(&rule, at: Instant(nanoseconds: 2_400_000))
  #expect(due.map(\.instant.nanoseconds) == [2_400_000])
  #expect(rule.keyCount == 0 && rule.forgottenCount == 1)
}

@Test func `a key over the limit is dropped and the others stay`() {
  var rule = ByKey(EveryThird(), limit: 2) { $0.key }
  for key in [1, 2, 3, 1, 3, 1] { _ = rule.receive(Tick(key: key, number: 0), at: .epoch) }
  #expect(rule.keyCount == 2)
  #expect(rule.receive(Tick(key: 3, number: 0), at: .epoch) == .drop(.keyLimit))
  #expect(rule.nextDeadline == .distantFuture)
}

@Test func `the end drains keys by deadline and then by slot`() {
  var rule = ByKey(Settling()) { $0.key }
  for (key, number) in [(1, 4), (2, 2), (3, 4), (4, 5), (5, 1)] {
    _ = rule.receive(Tick(key: key, number: number), at: .epoch)
  }
  var keys: [Int] = []
  while let due = rule.finish(at: .epoch) { keys.append(due.output.key) }
  #expect(keys == [5, 2, 1, 3])
  #expect(rule.nextDeadline == .distantFuture)
  #expect(rule.finish(at: .epoch) == nil)
}

@Test func `of equal deadlines the key that was armed first comes first`() {
  // Both windows begin at once, that of key 2 first; a value of key 1 is the first to wait.
  var rule = ByEventKey(Rollup<Tick>(1, per: .nanoseconds(10)))
  for (key, now) in [(2, 0), (1, 0), (1, 3), (2, 4), (3, 5)] as [(Int, Int64)] {
    _ = rule.receive(Tick(key: key, number: 1), at: Instant(nanoseconds: now))
  }
  let due = drain(&rule, at: Instant(nanoseconds: 20))
  #expect(due.map(\.output.first.key) == [2, 1])
  #expect(due.map(\.instant.nanoseconds) == [10, 10])
}

@Test func `a copy of a keyed rule goes its own way`() {
  var rule = ByKey(EveryThird()) { $0.key }
  let tick = Tick(key: 1, number: 0)
  for _ in 0..<2 { _ = rule.receive(tick, at: .epoch) }
  var copy = rule
  #expect(rule.receive(tick, at: .epoch) == .pass(tick, .passed))
  #expect(copy.receive(tick, at: .epoch) == .pass(tick, .passed))
}

@Test func `a rule that stays due without giving anything cannot hang the stream`() {
  struct Stuck: TimedRule {
    mutating func receive(_ input: Tick, at now: Instant) -> Verdict<Tick> { .hold(.holding) }
    var nextDeadline: Instant { .epoch }
    mutating func expire(at now: Instant) -> Due<Tick>? { nil }
    mutating func finish(at now: Instant) -> Due<Tick>? { nil }
  }
  var rule = ByEventKey(Stuck())
  _ = rule.receive(Tick(key: 1, number: 0), at: .epoch)
  #expect(rule.expire(at: .epoch) == nil)
  #expect(rule.nextDeadline.nanoseconds == 1)
}
