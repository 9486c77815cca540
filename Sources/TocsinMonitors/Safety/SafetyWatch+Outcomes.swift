import Tocsin

// What comes of it.
extension SafetyWatch {
  mutating func restore(_ record: SavedSafety, at now: Instant) {
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

  mutating func begin(at now: Instant) {
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

  mutating func apply(_ input: KillSwitch.Input, at now: Instant) {
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

  mutating func apply(_ input: BreakerInput, at now: Instant) {
    if let change = breaker.receive(input, at: now).output { tell(change, at: now) }
  }

  mutating func tell(_ change: BreakerChange, at now: Instant) {
    news.commands.append(.breaker(change))
    news.breakerChanges.append(change)
    save()
    settle(at: now)
  }

  mutating func command(_ change: SafetyChange, at now: Instant) {
    news.commands.append(.mode(change))
    delivery.given(change, at: now)
  }

  mutating func follow(_ step: ControlDelivery.Step?, at now: Instant) {
    switch step {
    case .again(let change, _, _): news.commands.append(.mode(change))
    case .failed(let attempts, let reason):
      news.alerts.append(Self.alert(delivery.change, attempts, reason, .firing))
    case nil: return
    }
    settle(at: now)
  }

  mutating func confirm(_ sequence: Int, at now: Instant) {
    guard delivery.confirm(sequence) else { return }
    if delivery.takeRelief() {
      news.alerts.append(Self.alert(delivery.change, 0, "", .resolved))
    }
    settle(at: now)
  }

  mutating func stored(_ reason: String?, at now: Instant) {
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
  mutating func settle(at now: Instant) {
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

  mutating func takeNews() -> SafetyNews? {
    guard !news.isEmpty else { return nil }
    defer { news = SafetyNews() }
    return news
  }
}
