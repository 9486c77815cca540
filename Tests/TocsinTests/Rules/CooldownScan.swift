import Tocsin

/// What a cooldown should do, decided at every nanosecond from the list of all that happened.
struct CooldownScan {
  struct Entry {
    var time: Int64
    var alert: RuleAlert
    var reason: Reason

    var hasPassed: Bool { reason != .inCooldown && reason != .neverAnnounced }
  }

  let interval: Int64
  let endsOnResolve: Bool
  var history: [Entry] = []
  var lines: [String] = []

  static func lines(
    _ moments: [(Int64, RuleAlert)],
    _ interval: Int64,
    _ endsOnResolve: Bool,
    until end: Int64
  ) -> [String] {
    var scan = Self(interval: interval, endsOnResolve: endsOnResolve)
    polled(moments, until: end) { time in
      if let last = scan.lastFired, time - last.time == interval {
        scan.announce(at: time, .cooldownOver)
      }
    } input: { time, alert in
      scan.receive(alert, at: time)
    }
    scan.announce(at: end, .ended)
    return scan.lines
  }

  var lastFired: Entry? { history.last { $0.hasPassed && $0.alert.phase == .firing } }
  var isClosed: Bool { history.last { $0.hasPassed }?.reason == .resolved }

  mutating func receive(_ alert: RuleAlert, at time: Int64) {
    let held = heldBack
    let reason = reason(for: alert, at: time)
    history.append(Entry(time: time, alert: alert, reason: reason))
    if reason != .inCooldown && reason != .neverAnnounced {
      note(alert, held + alert.occurrences, at: time, reason)
    }
  }

  func reason(for alert: RuleAlert, at time: Int64) -> Reason {
    guard let last = lastFired else { return alert.phase == .firing ? .first : .neverAnnounced }
    if alert.phase == .resolved { return isClosed ? .neverAnnounced : .resolved }
    if isClosed && endsOnResolve || time - last.time >= interval { return .cooldownOver }
    return alert.severity > last.alert.severity ? .moreSevere : .inCooldown
  }

  /// Announces the last alert of all if it fires and nobody was told since the last closing one.
  mutating func announce(at time: Int64, _ reason: Reason) {
    guard isClosed, let last = history.last, last.reason == .inCooldown else { return }
    let held = heldBack
    history.append(Entry(time: time, alert: last.alert, reason: reason))
    note(last.alert, held, at: time, reason)
  }

  /// How many were held back since the last alert that passed.
  var heldBack: Int {
    let start = (history.lastIndex { $0.hasPassed } ?? -1) + 1
    return history[start...].filter { $0.reason == .inCooldown }.map(\.alert.occurrences)
      .reduce(0, +)
  }

  mutating func note(_ alert: RuleAlert, _ occurrences: Int, at time: Int64, _ reason: Reason) {
    var output = alert
    output.occurrences = occurrences
    lines.append("\(time) \(output) \(reason.rawValue)")
  }
}
