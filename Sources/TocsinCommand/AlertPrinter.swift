import Foundation
import Tocsin
import TocsinMonitors

/// Prints alerts as they happen: as text, or as JSON lines.
struct AlertPrinter {
  let isJSON: Bool
  let style: Style

  /// One line for an alert.
  func line(_ routed: RoutedAlert) -> String { isJSON ? json(routed) : text(routed) }

  /// `2008-07-01 14:35:10  WARNING   order.rejected(o-12)  Order … → log, chat`.
  private func text(_ routed: RoutedAlert) -> String {
    let alert = routed.alert
    let isResolved = alert.phase == .resolved
    let word = (isResolved ? "resolved" : alert.severity.description).padded(8)
    let label = isResolved ? style.resolved(word) : style.severity(alert.severity, word)
    let count = alert.occurrences > 1 ? " ×\(alert.occurrences)" : ""
    let sinks = style.dim("→ \(routed.sinks.joined(separator: ", "))")
    let key = style.strong("\(alert.key)")
    return "\(Self.time(routed.instant))  \(label)  \(key)\(count)  \(alert.message) \(sinks)"
  }

  private func json(_ routed: RoutedAlert) -> String {
    let line = AlertLine(
      type: "alert",
      at: RFC3339.text(routed.instant),
      sinks: routed.sinks,
      alert: routed.alert
    )
    return JSONText.line(line)
  }

  /// `2008-07-01 14:35:10`, in UTC.
  static func time(_ instant: Instant) -> String {
    String(RFC3339.text(instant).prefix(19)).replacing("T", with: " ")
  }
}

private struct AlertLine: Encodable {
  let type: String
  let at: String
  let sinks: [String]
  let alert: Alert
}

/// Values as one line of JSON with sorted keys.
enum JSONText {
  static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
