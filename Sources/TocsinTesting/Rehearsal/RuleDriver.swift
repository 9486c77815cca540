internal import Tocsin

/// Drives a rule by hand as an operator does: what is due at *t* goes before an input at *t*.
///
/// It keeps the books, notes every reason, and every breach of the protocol of rules.
struct RuleDriver<R: TimedRule> {
  /// How many times a rule may act at one instant before it counts as stuck.
  static var patience: Int { 100_000 }

  private(set) var rule: R
  private(set) var output: [Moment<R.Output>] = []
  private(set) var reasons: [Moment<Reason>] = []
  private(set) var books: NodeBooks
  private(set) var breaches: [String] = []
  private(set) var isStuck = false
  private let start: Instant
  /// Whether what the rule holds comes out again; a rule without timers never gives it back.
  private let givesBack: Bool
  private var newest = Instant.distantPast

  init(_ rule: R, named name: String, givesBack: Bool, from start: Instant) {
    self.rule = rule
    self.start = start
    self.givesBack = givesBack
    books = NodeBooks(name)
  }

  /// The rule's next deadline as an offset; nil when it waits for nothing.
  var nextTimer: Duration? {
    let next = rule.nextDeadline
    return next == .distantFuture || isStuck ? nil : start.duration(to: next)
  }

  mutating func receive(_ input: R.Input, at offset: Duration) {
    advance(to: offset)
    let now = start.advanced(by: offset)
    let verdict = rule.receive(input, at: now)
    books.received += 1
    reasons.append(Moment(.value(verdict.reason), at: offset))
    switch verdict {
    case .pass(let output, _): emit(output, at: now)
    case .hold where givesBack: books.held += 1
    case .hold(let reason), .replace(let reason), .drop(let reason): books.drop(reason)
    }
  }

  /// Takes all that is due at the offset or before, each at its own instant.
  mutating func advance(to offset: Duration) {
    let now = start.advanced(by: offset)
    var rounds = 0
    while !isStuck, rule.nextDeadline <= now, rule.nextDeadline < .distantFuture {
      let deadline = rule.nextDeadline
      take(rule.expire(at: deadline), from: deadline)
      rounds = rule.nextDeadline > deadline ? 0 : rounds + 1
      if rounds > Self.patience { stop(at: deadline) }
    }
  }

  /// Takes what is pending at the end of the stream.
  mutating func finish(at offset: Duration) {
    advance(to: offset)
    let now = start.advanced(by: offset)
    var rounds = 0
    while !isStuck, let due = rule.finish(at: now) {
      take(due, from: now)
      rounds += 1
      if rounds > Self.patience { stop(at: now) }
    }
    output.append(Moment(.end, at: offset))
    if books.held != 0 {
      breaches.append("It still holds \(books.held) of its inputs after the end of the stream.")
    }
  }

  private mutating func take(_ due: Due<R.Output>?, from deadline: Instant) {
    guard let due else { return }
    let offset = start.duration(to: due.instant)
    if due.instant != deadline {
      breaches.append(
        "A timer of \(start.duration(to: deadline).offsetText) gave something that was due at "
          + "\(offset.offsetText)."
      )
    }
    reasons.append(Moment(.value(due.reason), at: offset))
    if due.isMade { books.made += 1 } else { books.held -= 1 }
    emit(due.output, at: due.instant)
  }

  private mutating func emit(_ value: R.Output, at instant: Instant) {
    let offset = start.duration(to: instant)
    if instant < newest { breaches.append("Time went back to \(offset.offsetText).") }
    newest = max(newest, instant)
    books.passed += 1
    output.append(Moment(.value(value), at: offset))
    if books.held < 0 {
      breaches.append(
        "At \(offset.offsetText) it gave back an input that it did not hold. A value that it made "
          + "itself is due with `isMade: true`."
      )
      books.held = 0
    }
  }

  private mutating func stop(at instant: Instant) {
    isStuck = true
    breaches.append(
      "It acts for ever at \(start.duration(to: instant).offsetText): `nextDeadline` must move on "
        + "when `expire(at:)` has nothing left to do."
    )
  }
}

/// A rule without timers, driven like one with them.
struct UntimedRule<Base: Rule>: TimedRule {
  var base: Base
  var nextDeadline: Instant { .distantFuture }

  mutating func receive(_ input: Base.Input, at now: Instant) -> Verdict<Base.Output> {
    base.receive(input, at: now)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? { nil }
  mutating func finish(at now: Instant) -> Due<Base.Output>? { nil }
}
