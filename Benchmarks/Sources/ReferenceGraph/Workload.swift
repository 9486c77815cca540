/// A stream of events and how the monitors judge it.
///
/// The same settings give the same events on each machine. A shorter stream is the beginning of a
/// longer one.
public final class Workload: Sendable {
  /// What the tables call it.
  public let name: String
  /// How many instruments there are, numbered from 0.
  public let symbols: Int
  /// How much of the stream alerts.
  public let alerting: Alerting
  /// The events, in the order of their instants. No two instants are equal.
  public let events: [MarketEvent]

  /// Makes a workload.
  ///
  /// - Parameters:
  ///   - name: What the tables call it.
  ///   - events: How many events.
  ///   - alerting: How much of the stream alerts.
  ///   - symbols: How many instruments.
  ///   - stretch: What the time between events is multiplied by. 1 gives 50 to 150 microseconds.
  ///   - tick: One or two of it, in nanoseconds, lie between events instead. Then deadlines and
  ///     events often meet at the same instant.
  ///   - seed: The seed of the stream.
  public init(
    _ name: String,
    events: Int,
    alerting: Alerting,
    symbols: Int = 1000,
    stretch: Int64 = 1,
    tick: Int64? = nil,
    seed: UInt64 = 42
  ) {
    self.name = name
    self.symbols = symbols
    self.alerting = alerting
    var stream = EventStream(symbols: symbols, stretch: stretch, tick: tick, seed: seed)
    self.events = (0..<events).map { _ in stream.next() }
  }
}

extension Workload {
  /// The workload that the tables call "calm": one event in a hundred alerts.
  public static func calm(_ events: Int) -> Workload {
    Workload("calm", events: events, alerting: .onePercent)
  }

  /// The workload that the tables call "storm": every event alerts.
  public static func storm(_ events: Int) -> Workload {
    Workload("storm", events: events, alerting: .all)
  }

  /// Workloads on which all variants must agree. The stretched ones reach the end of cooldowns and
  /// both sides of the escalation window; the one with few symbols does so often. With ticks, an
  /// event often comes at the very end of a quiet time, a cooldown or a window.
  public static func checks(_ events: Int) -> [Workload] {
    [
      .calm(events), .storm(events),
      Workload("calm, slow", events: events, alerting: .onePercent, stretch: 50),
      Workload("storm, slow", events: events, alerting: .all, stretch: 50),
      Workload("calm, slow, few", events: events, alerting: .onePercent, symbols: 100, stretch: 50),
      Workload("storm, slower", events: events, alerting: .all, stretch: 500, seed: 7),
      Workload("ties", events: events, alerting: .all, symbols: 2, tick: 100_000_000),
      Workload("ties, slow", events: events, alerting: .all, symbols: 2, tick: 100_000_000_000),
    ]
  }
}
