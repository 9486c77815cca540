/// A workload's events as its three sources would hand them over: in turns, and in each turn one
/// span of each kind.
///
/// Inside a span the events keep their order. All events of a turn are later than those of the
/// turns before.
public struct Spans: Sendable {
  /// The events, sorted by turn, then by kind.
  public let events: [MarketEvent]
  /// Where each turn's spans begin, and where the last one ends.
  private let bounds: [Int]

  /// Cuts `workload` into turns whose spans hold about `length` events each.
  public init(_ workload: Workload, length: Int) {
    var events: [MarketEvent] = []
    events.reserveCapacity(workload.events.count)
    var bounds = [0]
    for start in stride(from: 0, to: workload.events.count, by: length * 3) {
      let end = min(start + length * 3, workload.events.count)
      for kind in 0..<3 {
        events += workload.events[start..<end].lazy.filter { $0.kind == kind }
        bounds.append(events.count)
      }
    }
    self.events = events
    self.bounds = bounds
  }

  /// How many turns there are.
  public var turns: Int { bounds.count / 3 }

  /// Where in ``events`` the span of `kind` in `turn` is; it may be empty.
  public func range(turn: Int, kind: Int) -> Range<Int> {
    bounds[turn * 3 + kind]..<bounds[turn * 3 + kind + 1]
  }
}
