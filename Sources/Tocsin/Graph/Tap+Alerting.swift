public import OpenCombine

extension Tap where Upstream.Output: Alerting {
  /// Lets an alert through, then holds its repeats until the cooldown is over, for each key.
  ///
  ///     input              a-a-a-A-a---a-|      upper case is more severe
  ///     cooldown(3 ticks)  a---a-A-----a-|
  ///
  /// Anchored at the last alert that passed. A more severe one breaks through at once. An alert
  /// that passes stands for those held before it (``Alerting/occurrences``), so an escalation
  /// behind sees every repeat. An episode that opens again inside the cooldown and still fires at its
  /// end is announced then: the final state is never kept back. See ``Cooldown``.
  ///
  /// - Parameter interval: How long a key stays quiet. Zero passes all.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func cooldown(
    _ interval: Duration
  ) -> Tap<CooledDown<Upstream>> {
    let rule = Cooldown<Envelope<Upstream.Output>>(interval)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(interval)),
        "cooldown",
        words(interval),
        isDelay: false
      )
    ) { CooledDown($0) }
  }

  /// Makes an alert more severe when its key repeats; see ``EscalateOnRepeats``.
  ///
  /// - Parameters:
  ///   - condition: `.repeats(3, within: .minutes(10))`.
  ///   - severity: What it is raised to, unless it is more severe already.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func escalate(
    _ condition: Repeats,
    to severity: Severity = .critical
  ) -> Tap<EscalatedOnRepeats<Upstream>> {
    let rule = EscalateOnRepeats<Envelope<Upstream.Output>>(
      condition.count,
      within: condition.window,
      to: severity
    )
    let detail = "\(condition.count) in \(words(condition.window)) → \(severity)"
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(condition.window)),
        "escalate",
        detail,
        isDelay: false
      )
    ) { EscalatedOnRepeats($0) }
  }

  /// Sends an alert again, more severe, when it has been firing for long; see
  /// ``EscalateOnDuration``.
  ///
  /// - Parameters:
  ///   - duration: How long an alert fires, without being resolved, before it is raised.
  ///   - severity: What it is raised to.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func escalate(
    after duration: Duration,
    to severity: Severity = .critical
  ) -> Tap<EscalatedOnDuration<Upstream>> {
    let rule = EscalateOnDuration<Envelope<Upstream.Output>>(duration, to: severity)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(duration)),
        "escalate",
        "after \(words(duration)) → \(severity)",
        isDelay: false
      )
    ) { EscalatedOnDuration($0) }
  }
}

/// So many repeats of one key within a time.
public struct Repeats: Hashable, Sendable {
  @usableFromInline let count: Int
  @usableFromInline let window: Duration

  /// At least `count` occurrences within the last `window`.
  @inlinable
  public static func repeats(_ count: Int, within window: Duration) -> Repeats {
    Repeats(count: count, window: window)
  }

  @inlinable
  init(count: Int, window: Duration) {
    self.count = count
    self.window = window
  }
}
