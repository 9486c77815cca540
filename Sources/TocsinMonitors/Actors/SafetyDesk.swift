import Tocsin

/// The outlets of a safety monitor.
struct SafetyOutlets: Sendable {
  let commands: Outlet<SafetyCommand>
  let changes: Outlet<SafetyChange>
  let breakerChanges: Outlet<BreakerChange>
  let states: Outlet<SafetyState>
  let alerts: Outlet<Alert>
  let records: Outlet<SavedSafety>

  init(_ name: String) {
    commands = Outlet("\(name).commands")
    changes = Outlet("\(name).changes")
    breakerChanges = Outlet("\(name).breakerChanges")
    states = Outlet("\(name).states")
    alerts = Outlet("\(name).alerts")
    records = Outlet("\(name).records")
  }
}

/// Holds the rule of a safety monitor and carries out what it decides, commands first. Of one lane.
final class SafetyDesk {
  private(set) var watch: SafetyWatch
  private(set) var states = Recent<SafetyState>(capacity: 1_000)
  private(set) var changes = Recent<SafetyChange>(capacity: 1_000)
  /// Is told when the watch waits for data.
  let waiting = Opening()
  /// What its start brought about, until the graph runs.
  private var opening: SafetyNews?
  private let outlets: SafetyOutlets
  private let control: (any TradingControl)?

  /// Makes a desk; without a control nothing is commanded.
  init(_ watch: SafetyWatch, _ outlets: SafetyOutlets, _ control: (any TradingControl)?) {
    self.watch = watch
    self.outlets = outlets
    self.control = control
  }

  /// Takes over the state of the run before.
  func start(from start: SafetyStart, at now: Instant) {
    opening = watch.started(from: start, at: now)
  }

  /// Commands and tells with what it starts, once, before it takes anything else.
  func open() {
    guard let news = opening else { return }
    opening = nil
    tell(news)
  }

  /// Begins to wait for data.
  func wait(from now: Instant) {
    watch.wait(from: now)
    waiting.begin()
  }

  /// Commands, remembers, notifies and saves, in this order.
  func tell(_ news: SafetyNews) {
    command(news)
    notify(news)
  }

  private func command(_ news: SafetyNews) {
    for command in news.commands {
      switch command {
      case .mode(let change): control?.command(change.to, because: change)
      case .breaker(let change): control?.breaker(change)
      }
    }
  }

  /// All but the commands.
  private func notify(_ news: SafetyNews) {
    for change in news.changes { changes.append(change) }
    for state in news.states { states.append(state) }
    outlets.changes.send(contentsOf: news.changes)
    outlets.breakerChanges.send(contentsOf: news.breakerChanges)
    outlets.states.send(contentsOf: news.states)
    outlets.alerts.send(contentsOf: news.alerts)
    if let record = news.record { outlets.records.send(record) }
  }

  /// The rule, for a chain: it decides by the one state that the desk holds.
  struct Decide: TimedRule {
    let desk: SafetyDesk

    var nextDeadline: Instant { desk.watch.nextDeadline }
    var canBeForgotten: Bool { false }

    mutating func receive(_ input: SafetyInput, at now: Instant) -> Verdict<SafetyNews> {
      desk.waiting.begin()
      desk.open()
      return desk.watch.receive(input, at: now)
    }

    mutating func expire(at now: Instant) -> Due<SafetyNews>? { desk.watch.expire(at: now) }
    mutating func finish(at now: Instant) -> Due<SafetyNews>? { nil }
  }
}
