import ReferenceGraph
import Tocsin

/// A market event with the instant that the engine reads. The same 24 bytes as `MarketEvent`.
struct DeskEvent: Sendable {
  var value: Double
  var instant: Instant
  var symbol: UInt32
  var kind: UInt8

  init(_ event: MarketEvent) {
    value = event.value
    instant = Instant(nanoseconds: event.instant)
    symbol = event.symbol
    kind = event.kind
  }
}

/// The alert of the reference graph, as an alert of the engine.
struct DeskAlert: Tocsin.Alerting {
  var value: Double
  var occurrences = 1
  var key: UInt32
  var severity: Severity

  @inline(__always)
  init(for event: DeskEvent) {
    value = event.value
    key = event.symbol &* 4 &+ UInt32(event.kind)
    severity = Severity(rawValue: event.kind) ?? .critical
  }

  var market: MarketAlert {
    MarketAlert(value: value, occurrences: occurrences, key: key, severity: severity.rawValue)
  }
}

/// The monitor step of one source: the deviation from the mean of the last 1,000 values.
struct Deviation: Rule {
  private let ring: UnsafeMutablePointer<Double>
  private let memory: Memory
  private let sign: Double
  private let isTwoSided: Bool
  private let threshold: Double
  private let warmUp: Int
  private var sum = 0.0
  private var next = 0
  private var count = 0

  private final class Memory {
    let values = UnsafeMutablePointer<Double>.allocate(capacity: Limits.window)
    init() { values.initialize(repeating: 0, count: Limits.window) }
    deinit { values.deallocate() }
  }

  init(kind: UInt8, _ alerting: ReferenceGraph.Alerting) {
    memory = Memory()
    ring = memory.values
    sign = kind == 1 ? -1 : 1
    isTwoSided = kind == 2
    threshold = alerting.threshold
    warmUp = alerting.warmUp
  }

  @inline(__always)
  mutating func receive(_ event: DeskEvent, at now: Instant) -> Verdict<DeskAlert> {
    let deviation = event.value - push(event.value)
    let size = isTwoSided ? deviation.magnitude : deviation * sign
    guard size > threshold && count > warmUp else { return .drop(.belowThreshold) }
    return .pass(DeskAlert(for: event), .passed)
  }

  /// The mean before the value, and then takes the value in.
  @inline(__always)
  private mutating func push(_ value: Double) -> Double {
    let mean = count == 0 ? value : sum / Double(min(count, Limits.window))
    if count >= Limits.window { sum -= ring[next] }
    count &+= 1
    ring[next] = value
    sum += value
    next = next &+ 1 == Limits.window ? 0 : next &+ 1
    return mean
  }
}

/// Counts what reaches the four sinks.
final class Tally {
  @exclusivity(unchecked) var outcome = Outcome()

  func listen(to sinks: Sinks, on lane: Lane) {
    for sink in sinks.all {
      Inlet(sink, on: lane).each { [self, local = lane.local] alert in
        outcome.deliver(alert.market, at: local.instant.nanoseconds)
      }
    }
  }
}

/// The four sinks.
struct Sinks: Sendable {
  let log = Outlet<DeskAlert>("log")
  let chat = Outlet<DeskAlert>("chat")
  let mail = Outlet<DeskAlert>("mail")
  let pager = Outlet<DeskAlert>("pager")
  var all: [Outlet<DeskAlert>] { [log, chat, mail, pager] }
}

/// The routing half of the reference graph, as users write it.
@inline(__always)
func routing<P0: FlowPublisher, P1: FlowPublisher, P2: FlowPublisher>(
  _ first: Tap<P0>,
  _ second: Tap<P1>,
  _ third: Tap<P2>,
  to sinks: Sinks
) -> Wire
where P0.Output == DeskAlert, P1.Output == DeskAlert, P2.Output == DeskAlert {
  Merge(first, second, third)
    .debounce(.milliseconds(500))
    .cooldown(.seconds(300))
    .escalate(.repeats(3, within: .seconds(600)), to: .critical)
    .route {
      On(.info) { sinks.log }
      On(.warning) { sinks.chat }
      On(.error) { sinks.mail }
      Otherwise { sinks.pager }
    }
}
