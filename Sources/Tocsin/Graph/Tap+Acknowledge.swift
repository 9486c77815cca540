public import OpenCombine

/// An alert that nobody has acknowledged for a time.
public struct Unacknowledged: Hashable, Sendable {
  let patience: Duration
  let attempts: Int

  /// Firing, and not acknowledged for `patience`: sent again, one step more severe, at most
  /// `attempts` times.
  ///
  /// - Parameters:
  ///   - patience: How long to wait before each repeat.
  ///   - attempts: How many times at most the alert is sent again.
  /// - Returns: The condition.
  public static func unacknowledged(after patience: Duration, attempts: Int = 3) -> Self {
    Unacknowledged(patience: patience, attempts: attempts)
  }
}

extension Tap where Upstream.Output: Alerting {
  /// Sends an alert again, one step more severe each time, until somebody acknowledges its key; see
  /// ``EscalateUnlessAcknowledged``.
  ///
  ///     input             w-----------r---|      patience 3 ticks, 3 attempts
  ///     acknowledgements  -------k---------
  ///     output            w--e--c-----r---|      w warning, e error, c critical, r resolved
  ///
  /// Each key is a stream of its own. An acknowledgement of a key that waits for none is dropped as
  /// unmatched. Completes with the alerts; that the acknowledgements end changes nothing. The
  /// counters of the step count acknowledgements too.
  ///
  /// - Parameters:
  ///   - condition: `.unacknowledged(after: .minutes(5), attempts: 3)`.
  ///   - acknowledgements: The keys that somebody takes care of. Send them from anywhere.
  /// - Returns: A tap of the alerts, those sent again among them.
  public func escalate(
    _ condition: Unacknowledged,
    acknowledgements: Outlet<Upstream.Output.Key>
  ) -> Tap<Acknowledging<Upstream>> {
    let keys = Tap<Inlet<Upstream.Output.Key>>(acknowledgements)
    let detail = "\(words(condition.patience)) unacknowledged, \(condition.attempts) times"
    let node = lane.local.makeNode(
      "escalate",
      detail: detail,
      after: [self.node, keys.node],
      isDelay: true
    )
    let alerts = AlertsAndAcknowledgements(
      alerts: upstream,
      keys: keys.upstream,
      lane: lane
    )
    let rule = AcknowledgeableRule<Upstream.Output>(condition.patience, condition.attempts)
    let idle = idleTime(condition.patience)
    return Tap<Acknowledging<Upstream>>(
      TimedRulePublisher(alerts, ByEventKey(rule, idle: idle), on: lane, node: node),
      node,
      on: lane
    )
  }
}

/// Escalation of alerts that nobody acknowledges, in an operator.
public typealias Acknowledging<Upstream: FlowPublisher> =
  TimedRulePublisher<
    AlertsAndAcknowledgements<Upstream>, ByEventKey<AcknowledgeableRule<Upstream.Output>>
  >
where Upstream.Output: Alerting
