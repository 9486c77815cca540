import InMemoryTracing
import Logging
import OpenCombine
import Synchronization
import Testing
import Tracing

@testable import Tocsin

/// A graph that is traced in virtual time, and what it has told the tracer.
struct TracedRun {
  let world = Timeline.virtual()
  let tracer = InMemoryTracer()
  let lane: Lane
  let running: RunningGraph

  init(
    _ graph: MonitorGraph,
    sampleEvery: Int = 0,
    trailBits: Int = 16,
    logger: Logger? = nil
  ) throws {
    lane = world.lane("desk")
    var options = RunOptions(tracer: tracer, logger: logger, sampleEvery: sampleEvery)
    options.trailBits = trailBits
    running = try graph.start(on: lane, in: world, options)
  }

  func send<Event: Sendable>(_ events: Event..., to name: String = "in") throws {
    try running.input(name, of: Event.self).send(contentsOf: events)
    world.settle()
  }

  var spans: [FinishedInMemorySpan] { tracer.finishedSpans }

  /// The roots of the decisions, in their order.
  var roots: [FinishedInMemorySpan] { spans.filter { $0.operationName.hasPrefix("alert ") } }

  func children(of root: FinishedInMemorySpan) -> [FinishedInMemorySpan] {
    spans.filter { $0.parentSpanID == root.spanID && $0.traceID == root.traceID }
  }

  /// The children of the root of the only decision, in words.
  func steps() -> [String] { roots.flatMap(children).map(\.words) }

  /// Whether the children of every root follow each other from its start to its end without a gap.
  var hasNoDarkTime: Bool {
    roots.allSatisfy { root in
      var instant = root.start
      for child in children(of: root) {
        guard child.start == instant, child.end >= child.start else { return false }
        instant = child.end
      }
      return instant == root.end
    }
  }
}

extension FinishedInMemorySpan {
  var start: Int { Int(startInstant.nanosecondsSinceEpoch) }
  var end: Int { Int(endInstant.nanosecondsSinceEpoch) }

  func text(_ key: String) -> String? {
    switch attributes.get(key) {
    case .string(let text): text
    case .int64(let number): "\(number)"
    case .bool(let bool): "\(bool)"
    default: nil
    }
  }

  var words: String {
    let wait = text("tocsin.wait.reason").map { "waits: \($0)" }
    let links = text("tocsin.links.count").map { ", \($0) links" } ?? ""
    return "\(operationName) \(start)-\(end) \(wait ?? text("tocsin.reason") ?? "?")\(links)"
  }

  /// Everything, ids and links too.
  var everything: String {
    var all = "\(traceID) \(spanID) \(parentSpanID ?? "-") \(operationName) \(start) \(end)"
    var facts: [String] = []
    attributes.forEach { facts.append(" \($0)=\($1)") }
    all += facts.sorted().joined()
    for link in links { all += " → \(link.context.inMemorySpanContext?.spanID ?? "?")" }
    return all
  }
}

/// The lines of a logger, in memory.
final class Lines: Sendable {
  private let stored = Mutex<[String]>([])
  var all: [String] { stored.withLock { $0 } }
  func add(_ line: String) { stored.withLock { $0.append(line) } }
}

struct LineHandler: LogHandler {
  let lines: Lines
  var logLevel = Logger.Level.trace
  var metadata: Logger.Metadata = [:]

  init(_ lines: Lines) { self.lines = lines }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    lines.add("\(event.level): \(event.message) " + words.joined(separator: " "))
  }
}

/// An actor with a feed, as a receiver of messages would have.
actor Receiver: LaneActor {
  nonisolated let lane: Lane
  nonisolated let samples = Outlet<Reading>("samples")
  private let feed: Feed<Reading>

  init(on lane: Lane) {
    self.lane = lane
    feed = Feed("messages", on: lane)
    feed.send(to: samples)
  }

  func take(_ sample: Reading, in context: ServiceContext) { feed.send(sample, in: context) }
}
