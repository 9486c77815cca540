/// What is kept for one key: its rule and when it was last seen. In this order, because the flags then
/// lie behind the last field of the rule, and most members in two lines of memory.
@frozen
@usableFromInline
struct KeyedMember<Inner: TimedRule> {
  @usableFromInline var lastSeen: Instant
  @usableFromInline var rule: Inner
  /// Whether the look whether the key is idle waits for the rule's deadline.
  @usableFromInline var isPostponed = false
  /// Whether the deadlines do not know of the rule's deadline: it was drained at the end of the
  /// stream.
  @usableFromInline var isUnsettled = false

  @inlinable
  init(_ rule: Inner, at now: Instant) {
    self.rule = rule
    lastSeen = now
  }

  /// Gives the rule an input, and its deadline when that has moved.
  @inlinable
  @inline(__always)
  mutating func receive(
    _ input: Inner.Input,
    at now: Instant
  ) -> (verdict: Verdict<Inner.Output>, isMoved: Bool, due: Instant) {
    lastSeen = now
    let due = rule.nextDeadline
    let verdict = rule.receive(input, at: now)
    let next = rule.nextDeadline
    if _slowPath(isUnsettled) {
      isUnsettled = false
      return (verdict, true, next)
    }
    return (verdict, next != due, next)
  }

  /// Takes one thing that the rule has due, and its next deadline. A rule that gives nothing and
  /// stays due breaks its contract; its key then waits until the next nanosecond.
  @inlinable
  @inline(__always)
  mutating func expire(
    at now: Instant
  ) -> (output: Due<Inner.Output>?, due: Instant, wasPostponed: Bool) {
    let output = rule.expire(at: now)
    let next = rule.nextDeadline
    let due = output == nil ? max(next, now.advanced(byNanoseconds: 1)) : next
    let wasPostponed = isPostponed
    if _slowPath(wasPostponed) { isPostponed = false }
    return (output, due, wasPostponed)
  }
}

/// One rule for each key: what ``ByKey`` and ``ByEventKey`` share.
///
/// Two queues, because the delays in each are mostly equal and a queue of equal delays is a list:
/// one holds the deadlines of the rules, the other when to look whether a key is idle. Events do not
/// touch the second; its entries are checked against `lastSeen` when their time has come.
@frozen
@usableFromInline
struct KeyedRules<Key: Hashable, Inner: TimedRule> {
  /// How long a key that owes something is kept without being seen: 7 days, in nanoseconds.
  @usableFromInline static var longestDebt: Int64 { 604_800_000_000_000 }

  @usableFromInline let prototype: Inner
  /// In nanoseconds; `Int64.max` when keys are never forgotten.
  @usableFromInline let idle: Int64
  @usableFromInline let limit: Int
  @usableFromInline var members = KeyTable<Key, KeyedMember<Inner>>()
  @usableFromInline var deadlines = DeadlineQueue()
  @usableFromInline var checks = DeadlineQueue()
  @usableFromInline var forgotten = 0
  /// The slots that are still to be drained at the end of the stream, the next one last.
  @usableFromInline var draining: [Int]?

  @inlinable
  init(_ prototype: Inner, idle: Duration?, limit: Int?) {
    self.prototype = prototype
    self.idle = idle?.wholeNanoseconds ?? Int64.max
    self.limit = limit ?? Int.max
    precondition(self.idle > 0, "the idle time of ByKey has to be at least a nanosecond")
    precondition(self.limit > 0, "the limit of ByKey has to be at least one key")
  }

  @inlinable
  @inline(__always)
  mutating func receive(
    _ key: Key,
    _ input: Inner.Input,
    at now: Instant
  ) -> Verdict<Inner.Output> {
    // Not `??`: its closure would keep what is behind it from being specialised.
    var known = members.slot(of: key)
    if _slowPath(known == nil) { known = enrol(key, at: now) }
    guard let slot = known else { return .drop(.keyLimit) }
    let (verdict, isMoved, due) = members[slot].receive(input, at: now)
    if isMoved { deadlines.arm(slot, at: due) }
    return verdict
  }

  /// Brings the state of a key near, and the place of its deadline.
  @inlinable
  @inline(__always)
  func prepare(for key: Key, _ lead: Lead) {
    if let slot = members.prepare(for: key, lead), deadlines.nextDeadline != .distantFuture {
      deadlines.prefetch(slot)
    }
  }

  /// Out of line: a key is new once.
  @inlinable
  @inline(never)
  mutating func enrol(_ key: Key, at now: Instant) -> Int? {
    guard members.count < limit else { return nil }
    let slot = members.insertNew(key, KeyedMember(prototype, at: now))
    deadlines.arm(slot, at: prototype.nextDeadline)
    if idle != .max { checks.arm(slot, at: now.advanced(byNanoseconds: idle)) }
    return slot
  }

  /// The earliest deadline of any rule, or the next look for idle keys.
  @inlinable
  @inline(__always)
  var nextDeadline: Instant { min(deadlines.nextDeadline, checks.nextDeadline) }

  @inlinable
  @inline(__always)
  mutating func expire(at now: Instant) -> Due<Inner.Output>? {
    while let (slot, _) = deadlines.popDue(at: now) {
      // What is due a little later belongs to another key, far away in memory.
      deadlines.forEachUpcoming { members.prefetch($0) }
      if let due = expire(slot, at: now) { return due }
    }
    while let (slot, _) = checks.popDue(at: now) { forgetIfIdle(slot, at: now) }
    return nil
  }

  /// Forgets a key, or says when to look again: a key that is kept for what it owes is looked at
  /// after eight times as long as it has been quiet, a few times in seven days.
  @inlinable
  @inline(__always)
  mutating func forgetIfIdle(_ slot: Int, at now: Instant) {
    let lastSeen = members[slot].lastSeen
    let idleEnd = lastSeen.advanced(byNanoseconds: idle)
    guard idleEnd <= now else { return checks.arm(slot, at: idleEnd) }
    let due = members[slot].rule.nextDeadline
    guard due == .distantFuture else {
      members[slot].isPostponed = true
      return checks.arm(slot, at: due)
    }
    let patience = lastSeen.advanced(byNanoseconds: Self.longestDebt)
    guard members[slot].rule.canBeForgotten || patience <= now else {
      let quiet = now.nanoseconds &- lastSeen.nanoseconds
      let wait = Swift.max(idle, Swift.min(quiet, Self.longestDebt) &* 7)
      return checks.arm(slot, at: min(patience, now.advanced(byNanoseconds: wait)))
    }
    members.remove(slot)
    forgotten += 1
  }

  @inlinable
  @inline(__always)
  mutating func expire(_ slot: Int, at now: Instant) -> Due<Inner.Output>? {
    let (output, due, wasPostponed) = members[slot].expire(at: now)
    deadlines.arm(slot, at: due)
    if _slowPath(wasPostponed) {
      checks.arm(slot, at: members[slot].lastSeen.advanced(byNanoseconds: idle))
    }
    return output
  }

  @inlinable
  mutating func finish(at now: Instant) -> Due<Inner.Output>? {
    if draining == nil { draining = drainOrder() }
    while let slot = draining?.last {
      if let due = finish(slot, at: now) { return due }
      draining?.removeLast()
    }
    draining = nil
    return nil
  }

  /// A slot that was forgotten since the draining began has nothing to give.
  @inlinable
  mutating func finish(_ slot: Int, at now: Instant) -> Due<Inner.Output>? {
    guard members.isOccupied(slot) else { return nil }
    if let due = members[slot].rule.finish(at: now) { return due }
    members[slot].isUnsettled = true
    deadlines.cancel(slot)
    return nil
  }

  /// All slots, the one with the latest deadline first; of equal deadlines the highest slot first.
  @inlinable
  func drainOrder() -> [Int] {
    (0..<members.slotLimit)
      .filter { members.isOccupied($0) }
      .sorted {
        let (left, right) = (members[$0].rule.nextDeadline, members[$1].rule.nextDeadline)
        return left == right ? $0 > $1 : left > right
      }
  }
}

extension KeyedMember: Sendable where Inner: Sendable {}
extension KeyedRules: Sendable where Key: Sendable, Inner: Sendable {}
