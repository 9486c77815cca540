internal import Tocsin

/// Makes the gaps between events as short as the failure allows: none if it can be, else the
/// shortest that still fails, to the nanosecond, by bisection.
struct ShrinkGaps<Value>: ShrinkPass {
  private let movesRest: Bool
  private var index = 0
  /// The longest gap that is known to be too short, and the shortest that is known to fail.
  private var range: (passes: Int64, fails: Int64)?
  private var tried: Int64 = 0

  /// - Parameter movesRest: Whether the events behind keep their gaps, or their instants.
  init(movesRest: Bool) { self.movesRest = movesRest }

  mutating func next(of events: [Timed<Value>]) -> [Timed<Value>]? {
    while index < events.count {
      if let range, range.fails - range.passes > 1 {
        tried = range.passes + (range.fails - range.passes) / 2
        return moved(events, by: gap(events) - tried)
      }
      if range == nil && gap(events) > 0 {
        (tried, range) = (0, (-1, gap(events)))
        return moved(events, by: gap(events))
      }
      (index, range) = (index + 1, nil)
    }
    return nil
  }

  mutating func learn(isKept: Bool) {
    guard var known = range else { return }
    if isKept { known.fails = tried } else { known.passes = tried }
    range = known
  }

  /// The gap in front of the event at hand.
  private func gap(_ events: [Timed<Value>]) -> Int64 {
    let before = index == 0 ? Duration.zero : events[index - 1].offset
    return (events[index].offset - before).wholeNanoseconds
  }

  private func moved(_ events: [Timed<Value>], by nanoseconds: Int64) -> [Timed<Value>] {
    var candidate = events
    let last = movesRest ? events.count : index + 1
    for place in index..<last { candidate[place].offset -= .nanoseconds(nanoseconds) }
    return candidate
  }
}
