import OpenCombine
import ReferenceGraph

/// The reference graph from stock OpenCombine: subjects, `map`, `filter`, `flatMap`, `share` and
/// `sink`, and publishers in OpenCombine's own style where it has none.
enum StockGraph {
  /// A subject per source and concrete types throughout: the fastest that stock allows.
  static func run(_ workload: Workload) -> Outcome {
    let sources = (0..<3).map { _ in PassthroughSubject<MarketEvent, Never>() }
    let monitors = sources.map { monitored($0, workload) }
    return drive(workload, monitors.publisher.flatMap { $0 }, send: sources.send, sources.finish)
  }

  /// The same with `AnyPublisher` where a monitor hands its alerts over, as most code has it.
  static func runErased(_ workload: Workload) -> Outcome {
    let sources = (0..<3).map { _ in PassthroughSubject<MarketEvent, Never>() }
    let monitors = sources.map { monitored($0, workload).eraseToAnyPublisher() }
    return drive(workload, monitors.publisher.flatMap { $0 }, send: sources.send, sources.finish)
  }

  /// One subject for all events, and each monitor filters what it watches.
  static func runNaive(_ workload: Workload) -> Outcome {
    let source = PassthroughSubject<MarketEvent, Never>()
    let monitors = (0..<3).map { kind in
      monitored(source.filter { $0.kind == kind }, workload).eraseToAnyPublisher()
    }
    return drive(workload, monitors.publisher.flatMap { $0 }, send: source.send) {
      source.send(completion: .finished)
    }
  }

  private static func monitored<Source: Publisher>(
    _ source: Source,
    _ workload: Workload
  ) -> Publishers.Map<Publishers.Filter<Publishers.Map<Source, Finding>>, Stamped>
  where Source.Output == MarketEvent {
    let monitor = StockMonitor(workload.alerting)
    return source.map { monitor.judge($0) }
      .filter { $0.isBreach }
      .map { Stamped(for: $0.event) }
  }

  private static func drive<Alerts: Publisher>(
    _ workload: Workload,
    _ alerts: Alerts,
    send: (MarketEvent) -> Void,
    _ finish: () -> Void
  ) -> Outcome where Alerts.Output == Stamped, Alerts.Failure == Never {
    let clock = VirtualClock()
    let debounced = KeyedDebounce(upstream: alerts, clock: clock)
    let escalated = KeyedEscalation(upstream: KeyedCooldown(upstream: debounced)).share()
    var outcome = Outcome()
    let sinks = (0..<4).map { severity in
      escalated.filter { $0.alert.severity == severity }
        .sink { outcome.deliver($0.alert, at: $0.instant) }
    }
    for event in workload.events {
      clock.advance(to: event.instant)
      send(event)
    }
    finish()
    return withExtendedLifetime(sinks) { outcome }
  }
}

extension [PassthroughSubject<MarketEvent, Never>] {
  fileprivate func send(_ event: MarketEvent) { self[Int(event.kind)].send(event) }

  fileprivate func finish() {
    for subject in self { subject.send(completion: .finished) }
  }
}
