import Tocsin

/// What is known of the components, and where it is told. Of one lane.
final class HealthBoard {
  var book = HealthBook()
  let pauses = PauseSensor()
  let transitions: Outlet<HealthTransition>
  let reports: Outlet<HealthReport>
  let orders: Outlet<HealthClock.Order>
  private unowned let lane: Lane

  init(_ name: String, on lane: Lane) {
    self.lane = lane
    transitions = Outlet("\(name).transitions")
    reports = Outlet("\(name).reports")
    orders = Outlet("\(name).orders")
    pauses.onPause = { [unowned self] from, to in paused(from: from, to: to) }
  }

  /// Takes what a check says, and tells it unless it is muted or no news.
  func take(_ transition: HealthTransition, from check: Int) {
    change { book in [book.take(transition, from: check, at: lane.now)].compactMap(\.self) }
  }

  func mute(_ name: String, until end: Instant, because reason: String) {
    change { book in
      book.mute(name, because: reason)
      return []
    }
    orders.send(HealthClock.Order(deed: .unmute(name), instant: end))
    publish()
  }

  func unmute(_ name: String) {
    change { $0.unmute(name, at: lane.now) }
    orders.send(HealthClock.Order(deed: .unmute(name), instant: .distantFuture))
    publish()
  }

  func remove(_ name: String) {
    change { book in [book.remove(name, at: lane.now)].compactMap(\.self) }
    publish()
  }

  func take(_ deed: HealthDeed) {
    switch deed {
    case .unmute(let name): unmute(name)
    case .awake: take(machine(.degraded, .healthy, "it runs on time again"), from: -1)
    }
  }

  /// Tells a pause of this machine, and in ten seconds its end.
  private func paused(from: Instant, to: Instant) {
    let words = from.duration(to: to).words
    let reason = "it stood still for \(words), silences count from now on"
    take(machine(.healthy, .degraded, reason), from: -1)
    orders.send(HealthClock.Order(deed: .awake, instant: to.advanced(by: .seconds(10))))
  }

  private func machine(_ from: HealthStatus, _ to: HealthStatus, _ why: String) -> HealthTransition
  {
    HealthTransition(component: "machine", from: from, to: to, reason: why)
  }

  private func change(_ body: (inout HealthBook) -> [HealthTransition]) {
    let count = book.changeCount
    for transition in body(&book) { transitions.send(transition) }
    if book.changeCount != count { publish() }
  }

  private func publish() {
    if reports.subscriberCount > 0 { reports.send(book.report(at: lane.now)) }
  }
}
