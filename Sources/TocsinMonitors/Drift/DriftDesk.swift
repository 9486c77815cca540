import Tocsin

/// Brings together what is known of both books: pairs and compares reports, tells what changed,
/// proposes what is minor, and asks for the next reports.
struct DriftDesk: Sendable {
  struct Settings: Sendable {
    var tolerances = DriftTolerances()
    var confirmations = 2
    var guardTime = Duration.seconds(5)
    var maximumDeferral = Duration.seconds(300)
    var maximumGap = Duration.seconds(10)
    var maximumAge: Duration?
    var hours = WatchHours.always
    var schedule = DriftSchedule()
    var limits = Reconciler.Limits()
    var accountLimit = 1_000
    /// Whether anybody would answer a request.
    var isHeard: @Sendable () -> Bool = { true }
  }

  let settings: Settings
  var state: DriftState
  var asker: BookAsker
  var ages: ReportAges
  var inFlight: InFlight
  var positions = ReportPairs<PositionReport>()
  var orders = ReportPairs<OrderReport>()
  var fills = ReportPairs<FillReport>()
  var accounts: [String: ReportPairs<AccountReport>] = [:]

  /// Makes a desk that knows what a former one knew.
  init(_ settings: Settings, restoring state: DriftState? = nil) {
    self.settings = settings
    let ledger = DriftLedger(confirmations: settings.confirmations, spacing: settings.guardTime)
    self.state = (state ?? DriftState()).with(ledger, settings.limits)
    asker = BookAsker(settings.schedule, isHeard: settings.isHeard)
    ages = ReportAges(settings.maximumAge, during: settings.hours)
    inFlight = InFlight(
      guardTime: settings.guardTime,
      maximumDeferral: settings.maximumDeferral
    )
  }

  mutating func start(at now: Instant) {
    asker.start(at: now)
    ages.expect(ReportAges.Channel(.positions), at: now)
  }

  /// Takes a step of an order: it moves what is in flight, and overtakes proposals.
  mutating func receive(_ event: OrderEvent, at now: Instant) -> DriftNews {
    inFlight.receive(event, at: now)
    doubt(event, at: now)
    if case .filled = event.kind {
      let settled = now.advanced(byNanoseconds: inFlight.guardNanoseconds)
      asker.follow(.positions, at: settled)
      asker.follow(.fills, at: settled)
      asker.follow(.cash, at: settled)
    }
    var review = Reconciler.Review()
    state.reconciler.receive(event, into: &review)
    return news([], review)
  }

  /// What was found before a step may be explained by it: two fills on their way, one at each of two
  /// comparisons, are no difference that two comparisons found.
  private mutating func doubt(_ event: OrderEvent, at now: Instant) {
    guard state.ledger.isConfirming else { return }
    let limit = settings.maximumDeferral
    if inFlight.mayExplain(order: event.order, at: now) {
      state.ledger.doubt(DriftItem(.orders, event.order), for: limit, at: now)
    }
    guard case .filled = event.kind else { return }
    if inFlight.mayExplain(event.symbol, at: now) {
      state.ledger.doubt(DriftItem(.positions, event.symbol), for: limit, at: now)
    }
    guard inFlight.mayExplainCash(at: now) else { return }
    for item in state.ledger.unconfirmedItems(.cash) {
      state.ledger.doubt(item, for: limit, at: now)
    }
  }
}

extension DriftDesk {
  /// Takes an answer of a gateway.
  mutating func receive(_ outcome: ProposalOutcome, at now: Instant) -> DriftNews {
    let soon = now.advanced(by: settings.guardTime)
    if let applied = state.reconciler.receive(outcome) {
      inFlight.receive(applied, at: now)
      for topic in [applied.item.topic, .positions] {
        asker.hurry(topic, by: soon, .reconciliation)
      }
    }
    return DriftNews(state: state)
  }

  /// Takes what a person did.
  mutating func receive(_ command: DriftCommand, at now: Instant) -> DriftNews {
    var review = Reconciler.Review()
    switch command {
    case .flag(let item, let note):
      state.flags[item] = DriftFlag(item, note: note, since: now)
      state.reconciler.release(item, into: &review)
    case .clear(let item): state.flags[item] = nil
    case .reset(let item): reset(item, into: &review)
    case .check(let topic): asker.hurry(topic, by: now, .byHand)
    }
    for finding in review.findings { state.ledger.note(finding, at: now) }
    var news = news(review.findings, review)
    news.state = state
    return news
  }

  private mutating func reset(_ item: DriftItem, into review: inout Reconciler.Review) {
    state.reconciler.reset(item, into: &review)
    guard item.topic == .fills else { return }
    state.fills.forget(item.id)
    let known = state.ledger.open.values.filter {
      $0.item == item && $0.kind != .notConverging
    }
    review.findings += known.map(\.resolved).sorted { $0.key < $1.key }
  }

  /// Takes what is due: questions to ask, and answers that did not come.
  mutating func expire(at now: Instant) -> DriftNews {
    var news = DriftNews()
    if let due = asker.expire(at: now) {
      news.requests = due.requests
      for (topic, books) in due.failed { news.add(conclude(.failed(topic, books), at: now)) }
    }
    for missing in ages.expire(at: now) {
      let failed = DriftComparison.failed(missing.topic, account: missing.account, missing.books)
      news.add(conclude(failed, at: now))
    }
    return news
  }

  /// When something is due next.
  var nextDeadline: Instant { min(asker.nextDeadline, ages.nextDeadline) }
}
