public import Tocsin

/// Knows the symbols for which a fill may be in one book and not yet in the other.
///
/// A symbol is in flight for the guard time after each of its fills. A symbol that fills without a
/// pause is compared again from ``maximumDeferral`` after the first fill of the run, until it pauses:
/// a busy symbol cannot hide its drift for ever. O(1) a fill.
public struct InFlight: Sendable {
  private struct Run: Sendable {
    var first: Instant
    var last: Instant
  }

  /// For how long after a fill the books may differ. Default: 5 s.
  public let guardTime: Duration
  /// For how long a run of fills may keep a symbol from being compared. Default: 5 min.
  public let maximumDeferral: Duration
  private var runs: [String: Run] = [:]

  /// Makes a guard with nothing in flight.
  public init(guardTime: Duration = .seconds(5), maximumDeferral: Duration = .seconds(300)) {
    self.guardTime = guardTime
    self.maximumDeferral = maximumDeferral
  }

  /// Takes note of fills; other order events are ignored.
  public mutating func receive(_ event: OrderEvent, at now: Instant) {
    guard case .filled = event.kind else { return }
    let run = runs[event.symbol]
    let isRun = run.map { $0.last.duration(to: now) < guardTime } ?? false
    runs[event.symbol] = Run(first: isRun ? run?.first ?? now : now, last: now)
  }

  /// The symbols in flight at `now`; forgets the others. O(symbols with fills since the last call).
  public mutating func symbols(at now: Instant) -> Set<String> {
    runs = runs.filter { $0.value.last.duration(to: now) < guardTime }
    return Set(runs.filter { $0.value.first.duration(to: now) < maximumDeferral }.keys)
  }
}
