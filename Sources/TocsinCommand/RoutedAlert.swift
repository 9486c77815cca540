import Tocsin

/// An alert that left the graph.
struct RoutedAlert: Hashable {
  var instant: Instant
  var alert: Alert

  /// Where it went.
  var sinks: [String] { DeskGraph.sinks(for: alert.severity) }
}

/// Collects what the sinks of the graph get. Of one lane.
final class Deliveries {
  private(set) var counts: [String: Int] = [:]
  private var fresh: [RoutedAlert] = []

  init(_ outlets: [Outlet<Alert>], on lane: Lane) {
    for outlet in outlets {
      // Every alert goes to the log, so that is the one that tells them.
      Inlet(outlet, on: lane).each { [unowned self] alert in
        counts[outlet.name, default: 0] += 1
        if outlet.name == "log" { fresh.append(RoutedAlert(instant: lane.now, alert: alert)) }
      }
    }
  }

  /// The alerts since the last call, in order.
  func take() -> [RoutedAlert] {
    defer { fresh.removeAll(keepingCapacity: true) }
    return fresh
  }
}
