import Tocsin
import TocsinMonitors
import TocsinPaper

/// The summary as one JSON object.
struct SummaryJSON: Encodable {
  let type = "summary"
  let events: Int
  let seconds: Double
  let eventsPerSecond: Int
  let interrupted: Bool
  let from: String?
  let to: String?
  let alerts: [String: Int]
  let resolved: Int
  let delivered: [String: Int]
  let faults: Faults?
  let input: Input?
  let nodes: [Node]
  let conserved: Bool

  struct Faults: Encodable {
    let planted: Int
    let found: Int
    let unexplained: Int
    let kinds: [String: [String: Int]]
  }

  struct Input: Encodable {
    let lines: Int
    let accepted: Int
    let skipped: Int
    let refused: [String: Int]
  }

  struct Node: Encodable {
    let id: String
    let kind: String
    let received: Int
    let made: Int
    let passed: Int
    let held: Int
    let dropped: [String: Int]
    let waits: Waits?
  }

  /// In nanoseconds of recorded time.
  struct Waits: Encodable {
    let count: UInt64
    let p50: Int64
    let p99: Int64
    let max: Int64
  }

  private enum CodingKeys: String, CodingKey {
    case type, events, seconds, eventsPerSecond, interrupted, from, to, alerts, resolved, delivered
    case faults, input, nodes, conserved
  }

  init(_ summary: Summary) {
    events = summary.eventCount
    seconds = summary.seconds
    eventsPerSecond = Int(summary.eventsPerSecond)
    interrupted = summary.isInterrupted
    from = summary.span.map { RFC3339.text($0.first) }
    to = summary.span.map { RFC3339.text($0.last) }
    alerts = Dictionary(
      uniqueKeysWithValues: summary.severities.map { ($0.severity.description, $0.count) }
    )
    resolved = summary.resolvedCount
    delivered = Dictionary(uniqueKeysWithValues: summary.delivered.map { ($0.sink, $0.count) })
    faults = summary.faults.map { Faults($0) }
    input = summary.intake.map { Input($0) }
    nodes = summary.picture.nodes.map { Node($0) }
    conserved = summary.unbalanced.isEmpty
  }
}

extension SummaryJSON.Faults {
  init(_ score: FaultScore) {
    planted = score.planted
    found = score.found
    unexplained = score.unexplained.count
    kinds = Dictionary(
      uniqueKeysWithValues: score.rows.map {
        ($0.kind.rawValue, ["planted": $0.planted, "found": $0.found])
      }
    )
  }
}

extension SummaryJSON.Input {
  init(_ counts: IntakeCounts) {
    lines = counts.lines
    accepted = counts.accepted
    skipped = counts.skipped
    refused = Dictionary(
      uniqueKeysWithValues: counts.refusedByCode.map { ($0.key.rawValue, $0.value) }
    )
  }
}

extension SummaryJSON.Node {
  init(_ node: NodePicture) {
    id = node.id
    kind = node.kind
    received = node.received
    made = node.made
    passed = node.passed
    held = node.held
    dropped = node.dropped
    waits = node.waits.flatMap { SummaryJSON.Waits($0) }
  }
}

extension SummaryJSON.Waits {
  init?(_ histogram: LatencyHistogram) {
    guard let longest = histogram.max else { return nil }
    count = histogram.count
    p50 = (histogram.percentile(50) ?? .zero).wholeNanoseconds
    p99 = (histogram.percentile(99) ?? .zero).wholeNanoseconds
    max = longest.wholeNanoseconds
  }
}
