import ReferenceGraph

/// The reference graph the slow way: it looks at one key after another and at each with all its
/// alerts at hand, so it shares no algorithm with the references.
enum KeyByKey {
  private typealias Occurrence = (value: Double, instant: Int64)

  static func outcome(of workload: Workload) -> Outcome {
    let alerts = Dictionary(grouping: breaches(in: workload), by: MarketAlert.key)
    return alerts.reduce(into: Outcome()) { outcome, entry in
      let quiet = debounced(entry.value.map { ($0.value, $0.instant) })
      deliver(quiet, entry.key, to: &outcome)
    }
  }

  static func breaches(in workload: Workload) -> [MarketEvent] {
    var earlier: [[Double]] = [[], [], []]
    return workload.events.filter { event in
      let kind = Int(event.kind)
      defer { earlier[kind].append(event.value) }
      let window = earlier[kind].suffix(Limits.window)
      guard window.count >= workload.alerting.warmUp else { return false }
      let mean = window.isEmpty ? event.value : window.reduce(0, +) / Double(window.count)
      return isBreach(event.value - mean, kind, workload.alerting.threshold)
    }
  }

  private static func isBreach(_ distance: Double, _ kind: Int, _ limit: Double) -> Bool {
    [distance > limit, -distance > limit, abs(distance) > limit][kind]
  }

  /// What stays when an alert is dropped that another follows before its half second is over.
  private static func debounced(_ alerts: [Occurrence]) -> [Occurrence] {
    alerts.indices.compactMap { index in
      let deadline = alerts[index].instant + Limits.debounce
      let next = index + 1 < alerts.count ? alerts[index + 1].instant : .max
      return next >= deadline ? (alerts[index].value, deadline) : nil
    }
  }

  private static func deliver(_ alerts: [Occurrence], _ key: UInt32, to outcome: inout Outcome) {
    var counted: [(instant: Int64, occurrences: Int)] = []
    var held = 0
    for alert in alerts {
      if let last = counted.last, alert.instant < last.instant + Limits.cooldown {
        held += 1
        continue
      }
      counted.append((alert.instant, held + 1))
      let recent = counted.filter { $0.instant > alert.instant - Limits.escalationWindow }
      let isCritical = recent.map(\.occurrences).reduce(0, +) >= Limits.escalationCount
      outcome.deliver(
        MarketAlert(
          value: alert.value,
          occurrences: held + 1,
          key: key,
          severity: isCritical ? Limits.critical : UInt8(key & 3)
        ),
        at: alert.instant
      )
      held = 0
    }
  }
}
