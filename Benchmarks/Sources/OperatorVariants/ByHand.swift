import Harness
import ReferenceGraph
import Tocsin

/// Two operators with 100,000 keys as loops written by hand, to tell what the work itself costs. The
/// values that they give are those that the operators give, to the bit; of a summary the last value and
/// the count are compared.
enum ByHand {
  static var all: [Variant] {
    [
      loop("debounce-keys", "quiet for one gap", HandDebounce.self, gaps: 1),
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

/// The first value of a window at once, the rest as a summary with a sample of some ten.
struct HandRollup: HandCell {
  private var start = Int64.min / 2
  private var count = 0
  private var last: Notice?
  /// The sample but its last value.
  private var rest: [Notice] = []

  @inline(__always)
  mutating func receive(_ value: Notice, at now: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    if count > 0 || now < start &+ span {
      add(value)
      return nil
    }
    start = now
    tally.take(value.value + 1)
    return now &+ span
  }

  @inline(__always)
  private mutating func add(_ value: Notice) {
    count &+= 1
    if let last, count <= 10 { rest.append(last) }
    last = value
  }

  @inline(__always)
  mutating func fire(at deadline: Int64, _ span: Int64, _ tally: Tally) -> Int64? {
    guard let value = last, start &+ span == deadline else { return nil }
    tally.take(value.value + Double(count))
    (start, count, last) = (deadline, 0, nil)
    rest.removeAll(keepingCapacity: true)
    return deadline &+ span
  }
}
