import Tocsin
import TocsinMonitors
import TocsinPaper

/// What is to be said at the end of a run.
struct Summary {
  var alerts: [RoutedAlert]
  var delivered: [(sink: String, count: Int)]
  var picture: GraphPicture
  var eventCount: Int
  var span: (first: Instant, last: Instant)?
  var seconds: Double
  var isInterrupted: Bool
  /// Of a paper session.
  var faults: FaultScore?
  /// Of a recording.
  var intake: IntakeCounts?

  init(_ watch: Watch, isInterrupted: Bool) {
    alerts = watch.alerts
    delivered = watch.runner.delivered
    picture = watch.runner.snapshot()
    eventCount = watch.runner.eventCount
    span = watch.runner.span
    seconds = watch.elapsed
    self.isInterrupted = isInterrupted
  }

  var eventsPerSecond: Double { seconds > 0 ? Double(eventCount) / seconds : 0 }

  /// How many alerts there were of each severity, without resolved ones, the worst first.
  var severities: [(severity: Severity, count: Int)] {
    Severity.allCases.reversed().map { severity in
      (severity, firing.count { $0.alert.severity == severity })
    }
  }

  var resolvedCount: Int { alerts.count - firing.count }

  /// The rules that fired, the worst and most frequent first, each with its count and what it said
  /// last.
  func rules(of severity: Severity) -> [(name: String, count: Int, example: String)] {
    let groups = Dictionary(grouping: firing.filter { $0.alert.severity == severity }) {
      $0.alert.key.name
    }
    return groups.map { ($0.key, $0.value.count, $0.value.last?.alert.message ?? "") }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// Nodes that do not add up; there should be none.
  var unbalanced: [NodePicture] { picture.nodes.filter { !$0.isConserved } }

  private var firing: [RoutedAlert] { alerts.filter { $0.alert.phase == .firing } }
}
