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
  private var newest = Instant.distantPast
  private let isLazy: Bool

  /// Takes over a rule.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state.
  ///   - isLazy: Whether what is due is taken late, only when the next input comes: a sound rule
  ///     gives the same outputs at the same instants.
  public init(_ rule: R, isLazy: Bool = false) {
    self.rule = rule
    self.isLazy = isLazy
  }

  /// Gives the rule an input, after what is due.
  public mutating func receive(_ input: R.Input, at now: Instant) {
    advance(to: now)
    received += 1
    switch rule.receive(input, at: now) {
    case .pass(let output, let reason): emit(output, now, reason)
    case .hold: held += 1
    case .replace, .drop: dropped += 1
    }
    audit(now)
  }

  /// Takes what is due up to an instant, each at its own.
  public mutating func advance(to now: Instant) {
    while rule.nextDeadline <= now && rule.nextDeadline < .distantFuture {
      let deadline = rule.nextDeadline
      let due = rule.expire(at: isLazy ? now : deadline)
      if let due { take(due, expected: deadline) }
      if due == nil && rule.nextDeadline <= deadline {
        return breach("gives nothing at its deadline \(text(deadline)) and keeps the deadline")
      }
      if breaches.count > 20 { return }
    }
  }

  /// Ends the stream: takes what is due, then what is pending.
  public mutating func finish(at now: Instant) {
    advance(to: now)
    var count = 0
    while count <= received + 1, let due = rule.finish(at: now) {
      take(due, expected: now)
      count += 1
    }
    if count > received + 1 { breach("never comes to its end: finish(at:) gives more and more") }
    if held != 0 { breach("left \(held) values behind at the end") }
  }

  private mutating func take(_ due: Due<R.Output>, expected: Instant) {
    if due.instant != expected {
      breach("was due at \(text(expected)) and says \(text(due.instant))")
    }
    if due.isMade { made += 1 } else { held -= 1 }
    emit(due.output, due.instant, due.reason)
    audit(expected)
  }

  private mutating func emit(_ output: R.Output, _ instant: Instant, _ reason: Reason) {
    if instant < newest { breach("goes back in time, from \(text(newest)) to \(text(instant))") }
    newest = max(newest, instant)
    outputs.append(Timed(Instant.epoch.duration(to: instant), output))
    reasons.append(reason)
  }

  private mutating func audit(_ now: Instant) {
    guard held < 0 || received + made != outputs.count + held + dropped else { return }
    breach(
      "has wrong books at \(text(now)): received \(received), made \(made), passed "
        + "\(outputs.count), held \(held), dropped \(dropped)"
    )
  }

  private mutating func breach(_ words: String) {
    if breaches.count <= 20 { breaches.append("The rule \(words).") }
  }

  private func text(_ instant: Instant) -> String { Instant.epoch.duration(to: instant).offsetText }
}

extension DrivenRule {
  /// Drives a rule over a whole stream.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state.
  ///   - stream: What goes in.
  ///   - end: When the stream ends; nil: it does not, and nothing is taken after the last event.
  ///   - isLazy: As in ``init(_:isLazy:)``.
  /// - Returns: The rule as it is at the end, with its outputs and its books.
  public static func over(
    _ rule: R,
    _ stream: [Timed<R.Input>],
    until end: Duration?,
    isLazy: Bool = false
  ) -> Self {
    var driver = Self(rule, isLazy: isLazy)
    for event in stream { driver.receive(event.value, at: event.instant) }
    if let end { driver.finish(at: .epoch.advanced(by: end)) }
    return driver
  }
}
