/// What has become of the deadline of a key's rule.
@frozen
@usableFromInline
enum KeyedMove {
  case stay
  case arm(Instant)
  /// It is the one that was foreseen before.
  case armForeseen(Instant)
  /// Nothing waits; this is foreseen.
  case open(Instant)
}

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

  /// Gives the rule an input, and says what has become of its deadline.
  @inlinable
  @inline(__always)
  mutating func receive(
    _ input: Inner.Input,
    at now: Instant
  ) -> (verdict: Verdict<Inner.Output>, move: KeyedMove) {
    lastSeen = now
    let due = rule.nextDeadline
    let foreseen = rule.foreseenDeadline
    let verdict = rule.receive(input, at: now)
    let next = rule.nextDeadline
    if next == .distantFuture, rule.foreseenDeadline != foreseen || next != due {
      return (verdict, .open(rule.foreseenDeadline))
    }
    if _slowPath(isUnsettled) {
      isUnsettled = false
      return (verdict, .arm(next))
    }
    if next == due { return (verdict, .stay) }
    return (verdict, next == foreseen ? .armForeseen(next) : .arm(next))
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

extension KeyedMember: Sendable where Inner: Sendable {}
