import Tocsin
import TocsinMonitors
import TocsinPaper

/// The summary as text.
struct SummaryText {
  let summary: Summary
  let style: Style

  /// All of it, a line each.
  var lines: [String] {
    head + alerts + faults + intake + nodes + latencies + machine
  }

  private var head: [String] {
    let word = summary.isInterrupted ? "Interrupted" : "Done"
    guard let span = summary.span else { return ["", style.strong("\(word): no events.")] }
    let (first, last) = (AlertPrinter.time(span.first), AlertPrinter.time(span.last))
    return [
      "",
      style.strong("\(word): \(summary.eventCount.grouped) events from \(first) to \(last) UTC."),
    ]
  }

  private var alerts: [String] {
    let rows = summary.severities.flatMap { severity, count -> [String] in
      guard count > 0 else { return [] }
      let word = style.severity(severity, severity.description.padded(9))
      let rules = summary.rules(of: severity).map { name, count, example in
        "    \(name) ×\(count)  \(style.dim("last: \(example)"))"
      }
      return ["  \(word) \(count)"] + rules
    }
    let sinks = summary.delivered.map { "\($0.sink) \($0.count)" }.joined(separator: ", ")
    return ["", style.strong("Alerts")]
      + (rows.isEmpty ? ["  none"] : rows)
      + ["  resolved  \(summary.resolvedCount)", "  delivered: \(sinks)"]
  }

  private var faults: [String] {
    guard let score = summary.faults else { return [] }
    let title = "Planted faults: \(score.found) of \(score.planted) found"
    let rows = score.rows.map { row in
      "  \(row.kind.rawValue.padded(20)) \("\(row.found)".rightAligned(4)) of \(row.planted)"
    }
    let missed = score.missed.prefix(20).map { fault in
      let subject = fault.order ?? fault.symbol
      return "  missed: \(fault.kind.rawValue) \(subject) at \(AlertPrinter.time(fault.from))"
    }
    let others = "  alerts that no planted fault explains: \(score.unexplained.count)"
    let examples = score.unexplained.prefix(5).map { routed in
      "    \(AlertPrinter.time(routed.instant)) \(routed.alert.key)"
    }
    let money = "  alerts about what the strategy earned: \(score.money.count)"
    return ["", style.strong(title)] + rows + missed + [others] + examples + [money]
  }

  private var intake: [String] {
    summary.intake.map { ["", style.strong("Input"), "  \($0)"] } ?? []
  }

  private var machine: [String] {
    let hundredths = Int((summary.seconds * 100).rounded())
    let rest = hundredths % 100
    let seconds = "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    let rate = Int(summary.eventsPerSecond).grouped
    return ["", "\(summary.eventCount.grouped) events in \(seconds) s: \(rate) events/s."]
  }
}

// The graph: its counters and its latencies.
extension SummaryText {
  private var nodes: [String] {
    let nodes = summary.picture.nodes.filter { $0.received + $0.made > 0 }
    let width = nodes.map(\.id.count).max() ?? 0
    let title = row("node", ["in", "made", "out", "held"], width) + "  dropped"
    let rows = nodes.map { node in
      let counts = [node.received, node.made, node.passed, node.held].map(\.grouped)
      return row(node.id, counts, width) + "  " + drops(node)
    }
    return ["", style.strong("Graph"), style.dim(title)] + rows + [conservation]
  }

  private func row(_ name: String, _ cells: [String], _ width: Int) -> String {
    "  " + name.padded(width) + cells.map { $0.rightAligned(11) }.joined()
  }

  private func drops(_ node: NodePicture) -> String {
    node.dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value.grouped)" }.joined(separator: ", ")
  }

  private var conservation: String {
    let bad = summary.unbalanced
    guard bad.isEmpty else {
      let names = bad.map(\.id).joined(separator: ", ")
      return "  in + made = out + held + dropped FAILS at: \(names)"
    }
    return "  in + made = out + held + dropped holds at all \(summary.picture.nodes.count) nodes."
  }

  private var latencies: [String] {
    let rows = summary.picture.nodes.compactMap { node -> String? in
      guard let waits = node.waits, waits.count > 0 else { return nil }
      let figures = [waits.percentile(50), waits.percentile(99), waits.max]
        .map { ($0 ?? .zero).formattedShortly }
      return row(node.id, figures, 24)
    }
    guard !rows.isEmpty else { return [] }
    let title = row("stage", ["p50", "p99", "max"], 24)
    return ["", style.strong("Time spent, in recorded time"), style.dim(title)] + rows
  }
}
