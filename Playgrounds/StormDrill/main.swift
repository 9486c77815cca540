// A bad morning, as a drill: the broker rejects order after order, and our book has a position that
// the broker's has not.
//
//   swift run StormDrill

import Foundation
import InMemoryTracing
import Tocsin
import TocsinMonitors
import Tracing

let pager = Outlet<Alert>("pager")
let log = Outlet<Alert>("log")

let desk = MonitorGraph("storm drill", sinks: [pager, log]) { lane in
  let market = lane.input("market", of: TradingEvent.self)
  let execution = ExecutionMonitor(on: lane, watching: market)
  let drift = DriftMonitor(on: lane, watching: market)

  // About the symbol, not about the order: so that rejections of one symbol are repeats.
  let rejections = Tap(execution.ended).filter { $0.state == .rejected }.alert(
    "order.rejected",
    .warning,
    subject: { $0.symbol },
    message: { "Order \($0.order) was rejected." }
  )
  let books = Tap(drift.findings).debounce(.seconds(2)).alert { $0.alert }

  Merge(rejections, books).named("alerts")
    .escalate(.repeats(3, within: .minutes(10)), to: .critical)
    .cooldown(.minutes(5))
    .route {
      On(.critical...) {
        "pager"
        "log"
      }
      Otherwise { "log" }
    }
}

let world = Timeline.virtual()
let lane = world.lane("desk")
let tracer = InMemoryTracer(idGenerator: .incrementing)
let running = try desk.start(on: lane, in: world, RunOptions(tracer: tracer))
let market = try running.input("market", of: TradingEvent.self)

world.perform(on: lane) {
  for outlet in [pager, log] {
    _ = Inlet(outlet, on: lane).each { alert in
      let second = lane.now.nanoseconds / 1_000_000_000
      let times = alert.occurrences > 1 ? " ×\(alert.occurrences)" : ""
      let head = "t+\(second) s  → \(outlet.name)  \(alert.severity)  \(alert.key)\(times)"
      print("\(head)  \(alert.message)")
    }
  }
}

/// One order, rejected after 100 ms.
func reject(_ order: String) {
  func tell(_ kind: OrderEvent.Kind) {
    market.send(.order(OrderEvent(order: order, symbol: "AAPL", kind: kind)))
    world.advance(by: .milliseconds(100))
  }
  tell(.signalled(side: .buy, quantity: 100, decisionPrice: 23.92))
  tell(.submitted)
  tell(.rejected(reason: "insufficient margin"))
}

/// Both books: we believe to hold 1,000 IBM, the broker knows of none.
func compareBooks() {
  let ghost = Position(symbol: "IBM", quantity: 1_000, averagePrice: 92)
  market.send(.positions(PositionReport(book: .local, positions: [ghost])))
  market.send(.positions(PositionReport(book: .broker, positions: [])))
}

for number in 1...4 {
  reject("o-\(number)")
  compareBooks()
  world.advance(by: .seconds(30))
}
world.advance(by: .minutes(10))

print("\nTrace of the first critical alert")
let critical = tracer.finishedSpans.first { $0.words("tocsin.alert.severity") == "critical" }
if let critical { printTree(critical, depth: 1) }

print("\nThe graph, as Mermaid")
print(running.snapshot(in: world).mermaid)
running.stop(in: world)

/// A span and what is under it, with durations.
func printTree(_ span: FinishedInMemorySpan, depth: Int) {
  let took = span.begin.duration(to: span.end).formattedShortly
  let why = ["tocsin.outcome", "tocsin.wait.reason", "tocsin.reason"].compactMap(span.words)
  let links = span.links.isEmpty ? [] : ["\(span.links.count) linked"]
  let indent = String(repeating: "  ", count: depth)
  print("\(indent)\(span.operationName)  \(took)  (\((why + links).joined(separator: ", ")))")
  let children = tracer.finishedSpans.filter {
    $0.traceID == span.traceID && $0.parentSpanID == span.spanID
  }
  for child in children { printTree(child, depth: depth + 1) }
}

extension FinishedInMemorySpan {
  var begin: Instant { Instant(nanoseconds: Int64(startInstant.nanosecondsSinceEpoch)) }
  var end: Instant { Instant(nanoseconds: Int64(endInstant.nanosecondsSinceEpoch)) }

  /// An attribute that is text.
  func words(_ key: String) -> String? {
    guard case .string(let text)? = attributes.get(key) else { return nil }
    return text
  }
}
