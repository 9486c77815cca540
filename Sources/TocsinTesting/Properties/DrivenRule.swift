public import Tocsin

/// Drives a rule by hand as an operator does, keeps its books, and notes every breach of what a rule
/// promises (``Tocsin/TimedRule``).
///
/// What is due at or before an instant is taken before an input of that instant. Streams start at
/// the epoch, as virtual time does.
public struct DrivenRule<R: TimedRule> {
  /// The rule, as it is now.
  public var rule: R
  /// What went on, with its instant.
  public private(set) var outputs: [Timed<R.Output>] = []
  /// Why each of the ``outputs`` went on.
  public private(set) var reasons: [Reason] = []
  /// Inputs that were given to the rule.
  public private(set) var received = 0
  /// Outputs that the rule made itself.
  public private(set) var made = 0
  /// Inputs that the rule still holds.
  public private(set) var held = 0
  /// Inputs that went no further.
  public private(set) var dropped = 0
  /// What was wrong, in words; empty for a sound rule.
  public private(set) var breaches: [String] = []
  /// Every reason the rule gave, also for what went no further.
  private(set) var notes: [Timed<Reason>] = []
  /// The ``dropped`` inputs by reason.
  private(set) var drops: [Reason: Int] = [:]
  /// Whether it acts for ever and is left alone.
  private(set) var isStuck = false
  private var newest = Instant.distantPast
  private let isLazy: Bool
  private let start: Instant
  /// Whether what the rule holds comes out again; a rule without timers never gives it back.
  private let givesBack: Bool

  /// Takes over a rule.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state.
  ///   - isLazy: Whether what is due is taken late, only when the next input comes: a sound rule
  ///     gives the same outputs at the same instants.
  public init(_ rule: R, isLazy: Bool = false) {
    self.init(rule, isLazy: isLazy, givesBack: true, from: .epoch)
  }

  /// Takes over a rule whose offsets count from a start.
  init(_ rule: R, isLazy: Bool = false, givesBack: Bool, from start: Instant) {
    (self.rule, self.isLazy, self.givesBack, self.start) = (rule, isLazy, givesBack, start)
  }

  /// Gives the rule an input, after what is due.
  public mutating func receive(_ input: R.Input, at now: Instant) {
    advance(to: now)
    received += 1
    let verdict = rule.receive(input, at: now)
    notes.append(Timed(offset(now), verdict.reason))
    switch verdict {
    case .pass(let output, let reason): emit(output, now, reason)
    case .hold where givesBack: held += 1
    case .hold(let reason), .replace(let reason), .drop(let reason): drop(reason)
    }
  }

  /// Takes what is due up to an instant, each at its own.
  public mutating func advance(to now: Instant) {
    var rounds = 0
    while !isStuck && rule.nextDeadline <= now && rule.nextDeadline < .distantFuture {
      let deadline = rule.nextDeadline
      let due = rule.expire(at: isLazy ? now : deadline)
      if let due { take(due, expected: deadline) }
      rounds = rule.nextDeadline > deadline ? 0 : rounds + 1
      if rounds > 0 && (due == nil || rounds > patience) { stop(at: deadline) }
    }
  }

  /// Ends the stream: takes what is due, then what is pending.
  public mutating func finish(at now: Instant) {
    advance(to: now)
    var rounds = 0
    while !isStuck, let due = rule.finish(at: now) {
      take(due, expected: now)
      rounds += 1
      if rounds > patience { endless() }
    }
    if held > 0 {
      breach("The rule still holds \(held) of its inputs after the end of the stream.")
    }
  }
}

extension DrivenRule {
  /// How many times the rule may act at one instant before it counts as stuck: it may give back
  /// all that it has received, and make many values itself.
  private var patience: Int { 10_000 + received }

  private mutating func take(_ due: Due<R.Output>, expected: Instant) {
    if due.instant != expected {
      breach(
        "A timer of \(text(expected)) gave something that was due at \(text(due.instant))."
      )
    }
    notes.append(Timed(offset(due.instant), due.reason))
    if due.isMade { made += 1 } else { giveBack(at: due.instant) }
    emit(due.output, due.instant, due.reason)
  }

  private mutating func giveBack(at instant: Instant) {
    held -= 1
    guard held < 0 else { return }
    breach(
      "At \(text(instant)) the rule gave back an input that it did not hold. A value that it made "
        + "itself is due with `isMade: true`."
    )
  }

  private mutating func emit(_ output: R.Output, _ instant: Instant, _ reason: Reason) {
    if instant < newest {
      breach("The rule goes back in time, from \(text(newest)) to \(text(instant)).")
    }
    newest = max(newest, instant)
    outputs.append(Timed(offset(instant), output))
    reasons.append(reason)
  }

  private mutating func drop(_ reason: Reason) {
    dropped += 1
    drops[reason, default: 0] += 1
  }

  private mutating func stop(at instant: Instant) {
    isStuck = true
    breach(
      "The rule acts for ever at \(text(instant)): `nextDeadline` must move on when `expire(at:)` "
        + "has nothing left to do."
    )
  }

  private mutating func endless() {
    isStuck = true
    breach("The rule never comes to its end: `finish(at:)` gives more and more.")
  }

  private mutating func breach(_ words: String) {
    if breaches.count <= 20 { breaches.append(words) }
  }

  private func offset(_ instant: Instant) -> Duration { start.duration(to: instant) }
  private func text(_ instant: Instant) -> String { offset(instant).offsetText }
}
