import Tocsin

/// Builds the chains of a health monitor.
struct HealthPlan {
  let events: Outlet<TradingEvent>
  let connections: Outlet<Connection>
  let findings: Outlet<FeedAge>
  let links: Outlet<LinkFinding>
  let signals: Outlet<FeedSignal>
  let board: HealthBoard
  private(set) var probes: [Probe] = []
  private let lane: Lane
  private let name: String

  init(
    _ name: String,
    _ checks: [Check],
    _ events: Outlet<TradingEvent>,
    _ connections: Outlet<Connection>,
    on lane: Lane
  ) {
    self.events = events
    self.connections = connections
    self.lane = lane
    self.name = name
    findings = Outlet("\(name).findings")
    links = Outlet("\(name).links")
    signals = Outlet("\(name).signals")
    board = HealthBoard(name, on: lane)
    let (board, signals) = (board, signals)
    _ = Tap(board.orders).timed(HealthClock(), "clock").named("\(name).clock").each(board.take)
    _ = Tap(connections).named("\(name).connections").each { signals.send(.connection($0)) }
    for (number, check) in checks.enumerated() { watch(check, number) }
  }

  private mutating func watch(_ check: Check, _ number: Int) {
    switch check.kind {
    case .feed(let feed): watch(feed, number)
    case .broker(let broker): watch(broker, number)
    case .orders(let orders): watch(orders, number)
    case .reconciliation(let lag): watch(lag, number)
    case .probe(let probe): probes.append(probe)
    }
  }

  /// Recorded time begins with the first event.
  private var start: Instant? { lane.isEventTime ? nil : lane.now }

  private func watch(_ feed: FeedCheck, _ number: Int) {
    let silence = FeedWatch(
      feed.limits,
      reconnects: feed.reconnects,
      during: feed.hours,
      expecting: feed.venue.map { venue in
        feed.symbols.map { StreamKey(venue: venue, symbol: $0) }
      } ?? [],
      streamLimit: feed.streamLimit
    )
    let base = FeedRule(silence, lagRule(of: feed))
    let opening = Opening()
    let rule = Watching(base, from: start, pauses: board.pauses, opening: opening) {
      $0.begin(at: $1)
    }
    let venue = feed.venue
    let label = venue.map { " \($0)" } ?? ""
    let ticks = Tap(events, selecting: FeedInput?.self) {
      opening.heard(Self.input($0, of: venue))
    }
    let others = Tap(signals, selecting: FeedInput?.self) {
      opening.heard(Self.input($0, of: venue))
    }
    _ = Merge(ticks.named("\(name).feed\(label)"), others.named("\(name).signals\(label)"))
      .named("\(name).heard\(label)").timed(rule, "feed").named("\(name).streams\(label)")
      .each(teller(number))
  }

  private func lagRule(of feed: FeedCheck) -> VenueLag? {
    guard let maxLag = feed.maxLag else { return nil }
    var settings = VenueLag.Settings()
    settings.limit = maxLag
    settings.streamLimit = feed.streamLimit
    return VenueLag(settings)
  }

  private static func input(_ event: TradingEvent, of venue: String?) -> FeedInput? {
    switch event {
    case .tick(let tick): venue ?? tick.venue == tick.venue ? .dated(DatedTick(tick)) : nil
    case .quote(let quote): venue ?? quote.venue == quote.venue ? .signal(.tick(quote.key)) : nil
    case .heartbeat(let beat) where venue ?? beat.source == beat.source:
      .signal(.heartbeat(beat.source))
    case .connection(let event) where venue ?? event.source == event.source:
      .signal(.connection(event))
    default: nil
    }
  }

  private static func input(_ signal: FeedSignal, of venue: String?) -> FeedInput? {
    guard case .connection(let event) = signal, venue ?? event.source != event.source else {
      return .signal(signal)
    }
    return nil
  }

  private func teller(_ number: Int) -> (FeedNews) -> Void {
    let (board, findings, links, name) = (board, findings, links, name)
    return { news in
      for link in news.links {
        links.send(link)
        board.take(link.transition, from: number)
      }
      for age in news.ages {
        findings.send(age)
        board.take(age.transition, from: number)
      }
      if let count = news.fullAt { board.take(.full(name, count), from: number) }
    }
  }
}

// The other checks.
extension HealthPlan {
  private func watch(_ broker: BrokerCheck, _ number: Int) {
    let age = HeartbeatAge(maximumAge: broker.maxAge, latencyLimit: broker.maxLatency)
    let base = WithinHours(age, during: broker.hours, grace: broker.maxAge)
    let (source, opening) = (broker.source, Opening())
    let rule = Watching(base, from: start, pauses: board.pauses, opening: opening) { base, now in
      if let source { base.change { $0.expect(source, at: now) } }
    }
    let label = source.map { " \($0)" } ?? ""
    let beats = Tap(events, selecting: Heartbeat?.self) { event in
      guard case .heartbeat(let beat) = event, source ?? beat.source == beat.source else {
        return opening.heard(nil)
      }
      return opening.heard(beat)
    }
    _ = beats.timed(rule, "heartbeats").named("\(name).heartbeats\(label)").each(taker(number))
  }

  private func watch(_ orders: OrderCheck, _ number: Int) {
    let base = OrderAges(orders.maxAge, orderLimit: orders.orderLimit)
    let opening = Opening()
    let rule = Watching(base, from: start, pauses: board.pauses, opening: opening)
    let steps = Tap(events, selecting: OrderEvent?.self) { event in
      if case .order(let step) = event { opening.heard(step) } else { opening.heard(nil) }
    }
    _ = steps.timed(rule, "orders").named("\(name).orders").each(taker(number))
  }

  private func watch(_ check: ReconciliationCheck, _ number: Int) {
    let lag = ReconciliationLag(maxLag: check.maxLag, every: check.every)
    let base = WithinHours(lag, during: check.hours, grace: check.maxLag)
    let opening = Opening()
    let rule = Watching(base, from: start, pauses: board.pauses, opening: opening) { base, now in
      base.change { $0.begin(at: now) }
    }
    let books = Tap(events, selecting: TradingEvent?.self) { event in
      opening.heard(ReconciliationLag.isAbout(event) ? event : nil)
    }
    _ = books.timed(rule, "books").named("\(name).reconciliation").each(taker(number))
  }

  private func taker(_ number: Int) -> (HealthTransition) -> Void {
    let board = board
    return { board.take($0, from: number) }
  }
}
