import Harness
import ReferenceGraph
import Tocsin

/// Three operators with 100,000 keys as loops written by hand, to tell what the work itself costs. They
/// give what the operators give, to the bit.
enum ByHand {
  static var all: [Variant] {
    [
      loop("debounce-keys", "quiet for one gap", HandDebounce.self, gaps: 1),
      loop("sample-keys", "every two gaps", HandSample.self, gaps: 2),
      loop("rollup-keys", "one in two gaps; the rest in a summary", HandRollup.self, gaps: 2),
    ]
  }

  private static func loop<Cell: HandCell & SendableMetatype>(
    _ family: String,
    _ summary: String,
    _ cell: Cell.Type,
    gaps: Double
  ) -> Variant {
    Variant(
      "op-\(family)-hand",
      summary + "; 100,000 keys, a loop by hand",
      in: .operators,
      family: family
    ) { workload in
      Run(steady: workload.events.count) {
        var loop = HandLoop<Cell>(workload, gaps: gaps)
        return { loop.measure() }
      }
    }
  }
}

/// The last value of a burst, when the key has been quiet.
struct HandDebounce: HandCell {
  private var due = Int64.max
  private var value = 0.0

  @inline(__always)
  mutating func receive(_ value: Notice, at now: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    self.value = value.value
    due = now &+ span
    return due
  }

  @inline(__always)
  mutating func fire(at deadline: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    guard due == deadline else { return nil }
    due = .max
    tally.take(value)
    return nil
  }
}

/// The last value of an interval, at its end; the end of an episode that was told at once.
struct HandSample: HandCell {
  private var last: Int64?
  private var due = Int64.max
  private var waiting: Notice?
  private var isOwed = false
  private var suppressed = 0

  @inline(__always)
  mutating func receive(_ value: Notice, at now: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    if value.phase == .resolved {
      waiting = nil
      if isOwed { pass(value, tally) }
      isOwed = false
      return nil
    }
    let begins = waiting == nil
    waiting = value
    suppressed &+= 1
    guard begins else { return nil }
    // The end of the interval is in the queue already when there is one.
    if let last, last &+ span > now {
      due = last &+ span
      return nil
    }
    due = now &+ span
    return due
  }

  @inline(__always)
  mutating func fire(at deadline: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    guard due == deadline, let value = waiting else { return nil }
    (waiting, last, isOwed) = (nil, deadline, true)
    pass(value, tally)
    return deadline &+ span
  }

  @inline(__always)
  private mutating func pass(_ value: Notice, _ tally: Tally) {
    var message = value
    message.occurrences &+= suppressed
    suppressed = 0
    tally.take(message.value)
  }
}

/// The first value of a window at once, the rest as a summary with a sample of ten.
struct HandRollup: HandCell {
  private var start = Int64.min / 2
  private var count = 0
  private var first: Notice?
  private var last: Notice?
  private var rest: [Notice] = []

  @inline(__always)
  mutating func receive(_ value: Notice, at now: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    if count > 0 || now < start &+ span {
      add(value)
      return nil
    }
    start = now
    tally.take()
    return now &+ span
  }

  @inline(__always)
  private mutating func add(_ value: Notice) {
    count &+= 1
    if count == 1 { return first = value }
    if let last, count <= 11 { rest.append(last) }
    last = value
  }

  @inline(__always)
  mutating func fire(at deadline: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    guard count > 0, start &+ span == deadline else { return nil }
    tally.take()
    (start, count, last) = (deadline, 0, nil)
    rest.removeAll(keepingCapacity: true)
    return deadline &+ span
  }
}
