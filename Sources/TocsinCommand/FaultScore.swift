import Tocsin
import TocsinPaper

/// Which of the planted faults the alerts found, and which alerts no fault explains.
struct FaultScore {
  /// One kind of fault.
  struct Row {
    var kind: PlantedFault.Kind
    var planted = 0
    var found = 0
  }

  private(set) var rows: [Row]
  private(set) var missed: [PlantedFault] = []
  /// Alerts, not resolved, that no planted fault explains: false alarms.
  private(set) var unexplained: [RoutedAlert]
  /// Alerts, not resolved, about what the strategy earned: true, whatever was planted.
  private(set) var money: [RoutedAlert]

  /// - Parameters:
  ///   - faults: The planted ones that had ended when the run did.
  ///   - alerts: All alerts.
  init(_ faults: [PlantedFault], _ alerts: [RoutedAlert]) {
    rows = PlantedFault.Kind.allCases.map { Row(kind: $0) }
    let firing = alerts.filter { $0.alert.phase == .firing }
    money = firing.filter { Self.moneyTriggers.contains($0.alert.key.name) }
    unexplained = firing.filter { alert in
      !Self.moneyTriggers.contains(alert.alert.key.name) && !faults.contains { $0.explains(alert) }
    }
    for fault in faults {
      guard let place = rows.firstIndex(where: { $0.kind == fault.kind }) else { continue }
      rows[place].planted += 1
      if firing.contains(where: { fault.isFound(by: $0) }) {
        rows[place].found += 1
      } else {
        missed.append(fault)
      }
    }
    rows.removeAll { $0.planted == 0 }
  }

  private static let moneyTriggers: Set<String> = [
    "drawdown.daily", "drawdown.weekly", "drawdown.total", "losses.consecutive", "winRate.low",
  ]

  var planted: Int { rows.reduce(0) { $0 + $1.planted } }
  var found: Int { rows.reduce(0) { $0 + $1.found } }
}

extension PlantedFault {
  /// Whether an alert is about this fault.
  func isFound(by routed: RoutedAlert) -> Bool {
    let key = routed.alert.key
    return covers(routed.instant) && alertNames.contains(key.name) && key.subject == subject
  }

  /// Whether an alert is about this fault, or about figures that it made worse.
  func explains(_ routed: RoutedAlert) -> Bool {
    let name = routed.alert.key.name
    return isFound(by: routed) || covers(routed.instant) && figures.contains(name)
      || from <= routed.instant && lastingFigures.contains(name)
  }

  /// Its end is seen with the next event or report.
  private func covers(_ instant: Instant) -> Bool {
    from <= instant && instant <= to.advanced(by: slack)
  }

  /// Figures of the last 1,000 orders: a rejected one, or a slow one, is among them to the end.
  private var lastingFigures: Set<String> {
    switch kind {
    case .rejection: ["execution.rejectionRate"]
    case .lostFill, .slowAcknowledgement, .unconfirmedOrder: ["execution.timeToFill"]
    default: []
    }
  }

  private static let ofLateOrders: Set<String> = [
    "execution.timeToSubmit", "killSwitch.engaged", "drift.cashMismatch", "drift.missingOrder",
    "drift.unexpectedOrder",
  ]

  private var figures: Set<String> {
    switch kind {
    case .rejection: ["execution.fillRate"]
    case .partialFill: ["execution.fillRate"]
    // What a fill that is missing here cost is missing in the average price, too.
    case .lostFill: Self.ofLateOrders.union(["drift.priceMismatch"])
    case .slowAcknowledgement, .unconfirmedOrder: Self.ofLateOrders
    case .bookedQuantity, .bookedCash: ["killSwitch.engaged"]
    case .heartbeatLoss: ["api.disconnected"]
    case .bookedPrice, .feedGap: []
    }
  }

  private var alertNames: Set<String> {
    switch kind {
    case .rejection: ["order.rejected"]
    case .slowAcknowledgement, .unconfirmedOrder: ["order.stuck"]
    case .partialFill: ["order.expired"]
    case .lostFill: ["drift.quantityMismatch", "drift.unknownPosition", "drift.ghostPosition"]
    case .bookedQuantity: ["drift.quantityMismatch"]
    case .bookedPrice: ["drift.priceMismatch"]
    case .bookedCash: ["drift.cashMismatch"]
    case .feedGap, .heartbeatLoss: ["health.changed"]
    }
  }

  private var subject: String {
    switch kind {
    case .feedGap: "\(PaperSession.venue)/\(symbol)"
    case .heartbeatLoss: PaperSession.broker
    default: order.flatMap { kind == .lostFill ? nil : $0 } ?? symbol
    }
  }

  /// Half an hour, the spacing of reports, and a while for the hold of the graph.
  private var slack: Duration { PaperSession.reportSpacing + .minutes(5) }
}
