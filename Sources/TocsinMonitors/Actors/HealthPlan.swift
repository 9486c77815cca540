import Tocsin

/// What is known of the components. Of one lane.
final class HealthBoard {
  var statuses: [String: HealthStatus] = [:]
}

/// Builds the chains of a health monitor.
struct HealthPlan {
  let events: Outlet<TradingEvent>
  let transitions: Outlet<HealthTransition>
  let findings: Outlet<FeedAge>
  let board = HealthBoard()
  private(set) var probes: [String: Probe] = [:]
  private let lane: Lane
  private let name: String

  init(_ name: String, _ checks: [Check], _ events: Outlet<TradingEvent>, on lane: Lane) {
    self.events = events
    self.lane = lane
    self.name = name
    transitions = Outlet("\(name).transitions")
    findings = Outlet("\(name).findings")
    for check in checks {
      switch check.kind {
      case .feed(let feed): watch(feed)
      case .broker(let broker): watch(broker)
      case .probe(let probe): probes[probe.name] = probe
      }
    }
  }

  /// Recorded time begins with the first event.
  private var start: Instant? { lane.isEventTime ? nil : lane.now }

  private func watch(_ feed: FeedCheck) {
    let gap = WithinHours(ReceiveGap(limit: feed.maxAge), during: feed.hours, grace: feed.maxAge)
    let streams = feed.venue.map { venue in
      feed.symbols.map { StreamKey(venue: venue, symbol: $0) }
    }
    let rule = Watching(gap, from: start) { gap, now in
      gap.change { rule in for stream in streams ?? [] { rule.expect(stream, at: now) } }
    } select: { [venue = feed.venue] event in
      guard case .tick(let tick) = event, venue.map({ $0 == tick.venue }) ?? true else {
        return nil
      }
      return tick
    }
    let tell = teller
    let label = feed.venue.map { " \($0)" } ?? ""
    _ = Tap(events).timed(rule, "silence").named("\(name).silence\(label)").each(tell)
    guard let maxLag = feed.maxLag else { return }
    var settings = VenueLag.Settings()
    settings.limit = maxLag
    let lag = LagWatch(venue: feed.venue, base: VenueLag(settings))
    _ = Tap(events).rule(lag, "lag").named("\(name).lag\(label)").each(tell)
  }

  private func watch(_ broker: BrokerCheck) {
    let age = HeartbeatAge(maximumAge: broker.maxAge, latencyLimit: broker.maxLatency)
    let base = WithinHours(age, during: broker.hours, grace: broker.maxAge)
    let rule = Watching(base, from: start) { [source = broker.source] base, now in
      if let source { base.change { $0.expect(source, at: now) } }
    } select: { [source = broker.source] event in
      guard case .heartbeat(let beat) = event, source.map({ $0 == beat.source }) ?? true else {
        return nil
      }
      return beat
    }
    let (board, transitions) = (board, transitions)
    let label = broker.source.map { " \($0)" } ?? ""
    _ = Tap(events).timed(rule, "heartbeats").named("\(name).heartbeats\(label)").each {
      transition in
      board.statuses[transition.component] = transition.to
      transitions.send(transition)
    }
  }

  private var teller: (FeedAge) -> Void {
    let (board, transitions, findings) = (board, transitions, findings)
    return { age in
      let transition = age.transition
      board.statuses[transition.component] = transition.to
      findings.send(age)
      transitions.send(transition)
    }
  }
}

extension FeedAge {
  /// The same as the change of a component.
  var transition: HealthTransition {
    let isFiring = phase == .firing
    return HealthTransition(
      component: clock == .receive ? stream.description : "\(stream) lag",
      from: isFiring ? .healthy : .unhealthy,
      to: isFiring ? .unhealthy : .healthy,
      reason: reason,
      value: age.inSeconds
    )
  }

  private var reason: String {
    switch (clock, phase) {
    case (.receive, .firing): "nothing arrived for \(age.words)"
    case (.receive, .resolved): "it sends again after \(age.words)"
    case (.venue, .firing): "data is \(age.words) late (limit \(limit.words))"
    case (.venue, .resolved): "data is on time again"
    }
  }
}
