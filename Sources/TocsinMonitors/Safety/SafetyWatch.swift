import Tocsin

/// All decisions of a ``SafetyMonitor`` as one rule: kill switch, command, breaker, required data,
/// limits, utilisation and link.
struct SafetyWatch: TimedRule, Sendable {
  typealias Input = SafetyInput
  typealias Output = SafetyNews

  let settings: SafetySettings
  var killSwitch = KillSwitch()
  var breaker: CircuitBreaker
  var delivery: ControlDelivery
  var uses: UseWatch
  var state: SafetyState
  var data: DataWatch
  var limits: LimitWatch
  var link: LinkWatch?
  var storeFailure: String?
  var revision = 0
  var hasBegun = false
  /// Kept, not computed: its reader holds this value in an object, and would copy all of it.
  private(set) var nextDeadline = Instant.distantFuture
  private var isWaiting = false
  /// What the input at hand has brought about so far.
  var news = SafetyNews()

  /// Makes a rule. What its start brings about is ``started(from:at:)``'s.
  init(_ settings: SafetySettings) {
    self.settings = settings
    breaker = CircuitBreaker(settings.breaker)
    delivery = ControlDelivery(confirmWithin: settings.confirmWithin)
    uses = UseWatch(isExpected: settings.expectsUse)
    data = DataWatch(settings.required)
    limits = LimitWatch(settings.limits)
    let age = HeartbeatAge(maximumAge: settings.linkAge, latencyLimit: settings.linkLatency)
    link = settings.link.map { LinkWatch($0, age, during: settings.linkHours) }
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
    defer { plan() }
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
    plan()
  }

  /// Notes when something is due next.
  private mutating func plan() {
    let inner = min(data.nextDeadline, breaker.nextDeadline)
    nextDeadline = min(inner, delivery.nextDeadline, link?.nextDeadline ?? .distantFuture)
  }

  mutating func receive(_ input: SafetyInput, at now: Instant) -> Verdict<SafetyNews> {
    if !isWaiting { wait(from: now) }
    defer { plan() }
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
      plan()
      if let news = takeNews() { return Due(news, at: instant, .absent, isMade: true) }
    }
    return nil
  }

  /// Nothing: the end of the stream changes nothing.
  mutating func finish(at now: Instant) -> Due<SafetyNews>? { nil }
}
