import Tocsin

/// All decisions of a ``SafetyMonitor`` as one rule: kill switch, command, breaker, required data,
/// limits, utilisation and link.
struct SafetyWatch: TimedRule, Sendable {
  typealias Input = SafetyInput
  typealias Output = SafetyNews

  let settings: SafetySettings
  private(set) var killSwitch = KillSwitch()
  private(set) var breaker: CircuitBreaker
  private(set) var delivery: ControlDelivery
  private(set) var uses: UseWatch
  private(set) var state: SafetyState
  private var data: DataWatch
  private var limits: LimitWatch
  private var link: LinkWatch?
  private var storeFailure: String?
  private var revision = 0
  private var hasBegun = false
  private var isWaiting = false
  /// What the input at hand has brought about so far.
  private var news = SafetyNews()

  /// Makes a rule. What its start brings about is ``started(from:at:)``'s.
  init(_ settings: SafetySettings) {
    self.settings = settings
    breaker = CircuitBreaker(settings.breaker)
    delivery = ControlDelivery(confirmWithin: settings.confirmWithin)
    uses = UseWatch(isExpected: settings.expectsUse)
    data = DataWatch(settings.required)
    limits = LimitWatch(settings.limits)
    let age = HeartbeatAge(maximumAge: settings.linkAge, latencyLimit: settings.linkLatency)
    link = settings.link.map { LinkWatch($0, age) }
    state = SafetyState(
      instant: .distantPast,
      mode: .active,
      delivery: .none,
      breaker: .closed,
      use: Utilisation()
    )
    state = current(at: .distantPast)
  }

  /// What a restart needs.
  func record(isOpen: Bool) -> SavedSafety {
    SavedSafety(revision: revision, killSwitch: killSwitch, breaker: breaker, isOpen: isOpen)
  }

  /// Takes over the state of the run before. A mode that is stricter than active is commanded at
  /// once; active not before ``SafetyCommand/begin``.
  mutating func started(from start: SafetyStart, at now: Instant) -> SafetyNews {
    switch start.checked {
    case .absent:
      news.alerts.append(
        Alert("safety.start", .info, message: "No saved state: this is the first start. Active.")
      )
    case .saved(let record): restore(record, at: now)
    case .unreadable(let reason):
      let words = "the saved state cannot be read: \(reason)"
      apply(.demand(SafetyDemand(.halted, SafetyCause(.savedState), because: words)), at: now)
    }
    state = current(at: now)
    if news.states.last?.isSame(as: state) != true { news.states.append(state) }
    return takeNews() ?? SafetyNews()
  }

  /// Begins to wait for data, on a lane whose time is known before the first event.
  mutating func wait(from now: Instant) {
    guard !isWaiting else { return }
    isWaiting = true
    data.begin(at: now)
    link?.begin(at: now)
  }

  var nextDeadline: Instant {
    let inner = min(data.nextDeadline, breaker.nextDeadline)
    return min(inner, delivery.nextDeadline, link?.nextDeadline ?? .distantFuture)
  }

  mutating func receive(_ input: SafetyInput, at now: Instant) -> Verdict<SafetyNews> {
    if !isWaiting { wait(from: now) }
    switch input {
    case .event(let event): receive(event, at: now)
    case .command(let command): receive(command, at: now)
    case .drift(let finding): receive(finding, at: now)
    case .performance(let figures): receive(figures, at: now)
    }
    return takeNews().map { .pass($0, .changed) } ?? .drop(.unchanged)
  }

  mutating func expire(at now: Instant) -> Due<SafetyNews>? {
    while nextDeadline <= now {
      let due = nextDeadline
      let instant = passed(due) ?? due
      if let news = takeNews() { return Due(news, at: instant, .absent, isMade: true) }
    }
    return nil
  }

  /// Nothing: the end of the stream changes nothing.
  mutating func finish(at now: Instant) -> Due<SafetyNews>? { nil }
}

// MARK: - What comes in

extension SafetyWatch {
  private mutating func receive(_ event: TradingEvent, at now: Instant) {
    for cause in data.receive(event, at: now) { apply(.ended(cause), at: now) }
    switch event {
    case .heartbeat(let beat): if link?.receive(beat, at: now) == true { settle(at: now) }
    case .order(let step): if let input = BreakerInput(step.kind) { apply(input, at: now) }
    default: break
    }
  }

  private mutating func receive(_ command: SafetyCommand, at now: Instant) {
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

  private mutating func receive(_ finding: DriftFinding, at now: Instant) {
    let subject = finding.symbol.isEmpty ? "" : "\(finding.symbol) "
    let cause = SafetyCause(.drift, "\(subject)\(finding.kind.rawValue)")
    if finding.phase == .firing && finding.tier == .critical {
      let mode = settings.onCriticalDrift
      apply(.demand(SafetyDemand(mode, cause, because: finding.alert.message)), at: now)
    } else {
      apply(.ended(cause), at: now)
    }
  }

  /// First what halts, then what trips the breaker.
  private mutating func receive(_ snapshot: SafetyFigures, at now: Instant) {
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

  private mutating func passed(_ due: Instant) -> Instant? {
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

// MARK: - What comes of it

extension SafetyWatch {
  private mutating func restore(_ record: SavedSafety, at now: Instant) {
    killSwitch = record.killSwitch.restarted()
    breaker = record.breaker.restarted(with: settings.breaker, at: now)
    revision = record.revision
    if killSwitch.mode.isEngaged, let change = killSwitch.lastChange {
      command(change, at: now)
      news.alerts.append(change.alert)
    }
    guard record.isOpen, settings.afterUncleanStop.isEngaged else { return }
    let words = "the last run did not end in an orderly way, so its newest change may be lost"
    let demand = SafetyDemand(settings.afterUncleanStop, SafetyCause(.uncleanStop), because: words)
    apply(.demand(demand), at: now)
  }

  private mutating func begin(at now: Instant) {
    guard !hasBegun else { return }
    hasBegun = true
    if breaker.state != .closed { news.commands.append(.breaker(breaker.standing(at: now))) }
    if !killSwitch.mode.isEngaged { command(killSwitch.lastChange ?? firstChange(now), at: now) }
    settle(at: now)
  }

  /// The change of number 0: from nothing, which is halted, to active.
  private func firstChange(_ now: Instant) -> SafetyChange {
    SafetyChange(
      sequence: 0,
      instant: now,
      from: .halted,
      to: .active,
      cause: SafetyCause(.program, "start"),
      reason: "the monitor has begun"
    )
  }

  private mutating func apply(_ input: KillSwitch.Input, at now: Instant) {
    switch killSwitch.receive(input, at: now).output {
    case .changed(let change):
      if hasBegun || change.to.isEngaged { command(change, at: now) }
      news.changes.append(change)
      news.alerts.append(change.alert)
      save()
      settle(at: now)
    case .refused(let refusal): news.alerts.append(refusal.alert)
    case nil: break
    }
  }

  private mutating func apply(_ input: BreakerInput, at now: Instant) {
    if let change = breaker.receive(input, at: now).output { tell(change, at: now) }
  }

  private mutating func tell(_ change: BreakerChange, at now: Instant) {
    news.commands.append(.breaker(change))
    news.breakerChanges.append(change)
    save()
    settle(at: now)
  }

  private mutating func command(_ change: SafetyChange, at now: Instant) {
    news.commands.append(.mode(change))
    delivery.given(change, at: now)
  }

  private mutating func follow(_ step: ControlDelivery.Step?, at now: Instant) {
    switch step {
    case .again(let change, _, _): news.commands.append(.mode(change))
    case .failed(let attempts, let reason):
      news.alerts.append(Self.alert(delivery.change, attempts, reason, .firing))
    case nil: return
    }
    settle(at: now)
  }

  private mutating func confirm(_ sequence: Int, at now: Instant) {
    guard delivery.confirm(sequence) else { return }
    if delivery.takeRelief() {
      news.alerts.append(Self.alert(delivery.change, 0, "", .resolved))
    }
    settle(at: now)
  }

  private mutating func stored(_ reason: String?, at now: Instant) {
    let before = storeFailure
    storeFailure = reason
    guard reason != nil || before != nil else { return }
    let words =
      reason.map { "The safety state cannot be saved (\($0)). It is tried again." }
      ?? "The safety state is saved again."
    let phase = reason == nil ? Phase.resolved : .firing
    news.alerts.append(Alert("safety.store", .error, message: words, phase: phase))
    settle(at: now)
  }

  private static func alert(
    _ change: SafetyChange?,
    _ attempts: Int,
    _ reason: String,
    _ phase: Phase
  ) -> Alert {
    let mode = change?.to.rawValue ?? "nothing"
    let words =
      phase == .firing
      ? "The command \"\(mode)\" is not carried out after \(attempts) attempt"
        + "\(attempts == 1 ? "" : "s"): \(reason). It will be given again; look yourself."
      : "The command \"\(mode)\" is carried out."
    return Alert("safety.control", .critical, message: words, phase: phase)
  }

  /// Notes that there is something new to save.
  private mutating func save() {
    revision += 1
    news.record = record(isOpen: true)
  }

  /// Notes the state where it has changed.
  private mutating func settle(at now: Instant) {
    let next = current(at: now)
    guard !next.isSame(as: state) else { return }
    state = next
    news.states.append(next)
  }

  /// The state, with the newest latency of the link.
  func current(at now: Instant) -> SafetyState {
    SafetyState(
      instant: now,
      mode: killSwitch.mode,
      lastChange: killSwitch.lastChange,
      delivery: delivery.status,
      breaker: breaker.state,
      trip: breaker.trip,
      use: uses.use,
      link: link?.link,
      storeFailure: storeFailure
    )
  }

  private mutating func takeNews() -> SafetyNews? {
    guard !news.isEmpty else { return nil }
    defer { news = SafetyNews() }
    return news
  }
}
