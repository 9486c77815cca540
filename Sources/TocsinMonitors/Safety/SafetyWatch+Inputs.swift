import Tocsin

// What comes into the rule of a safety monitor.
extension SafetyWatch {
  mutating func receive(_ event: TradingEvent, at now: Instant) {
    for cause in data.receive(event, at: now) { apply(.ended(cause), at: now) }
    switch event {
    case .heartbeat(let beat): if link?.receive(beat, at: now) == true { settle(at: now) }
    case .order(let step): if let input = BreakerInput(step.kind) { apply(input, at: now) }
    default: break
    }
  }

  mutating func receive(_ command: SafetyCommand, at now: Instant) {
    switch command {
    case .begin: begin(at: now)
    case .demand(let demand): apply(.demand(demand), at: now)
    case .ended(let cause): apply(.ended(cause), at: now)
    case .reset(let reset): apply(.reset(reset), at: now)
    case .confirm(let sequence): confirm(sequence, at: now)
    case .controlFailed(let sequence, let reason):
      follow(delivery.fail(sequence, reason.bounded, at: now), at: now)
    case .breaker(let input): apply(input, at: now)
    case .use(let use):
      uses.receive(use, above: settings.useLimit, until: settings.useEnd)
      settle(at: now)
    case .figure(let figure): judge(figure, at: now)
    case .alive(let name):
      for cause in data.alive(name, at: now) { apply(.ended(cause), at: now) }
    case .storeFailed(let reason): stored(reason?.bounded, at: now)
    }
  }

  mutating func receive(_ finding: DriftFinding, at now: Instant) {
    let cause = SafetyCause(finding)
    if finding.phase == .firing && finding.tier == .critical {
      let mode = settings.onCriticalDrift
      apply(.demand(SafetyDemand(mode, cause, because: finding.alert.message)), at: now)
    } else {
      apply(.ended(cause), at: now)
    }
  }

  /// First what halts, then what trips the breaker.
  mutating func receive(_ snapshot: SafetyFigures, at now: Instant) {
    for cause in data.alive(RequiredData.performanceName, at: now) {
      apply(.ended(cause), at: now)
    }
    for figure in snapshot.figures { judge(figure, at: now) }
    apply(.streak(losses: snapshot.losses), at: now)
    if let depth = snapshot.figures[0].number { apply(.drawdown(depth), at: now) }
  }

  private mutating func judge(_ figure: SafetyFigure, at now: Instant) {
    for input in limits.receive(figure) { apply(input, at: now) }
  }

  mutating func passed(_ due: Instant) -> Instant? {
    if data.nextDeadline == due {
      guard let missing = data.expire(at: due) else { return nil }
      apply(.demand(missing.demand), at: missing.instant)
      return missing.instant
    }
    if breaker.nextDeadline == due {
      guard let change = breaker.expire(at: due)?.output else { return nil }
      tell(change, at: due)
    } else if delivery.nextDeadline == due {
      follow(delivery.expire(at: due)?.step, at: due)
    } else if link?.expire(at: due) == true {
      settle(at: due)
    }
    return nil
  }
}
