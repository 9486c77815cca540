import Tocsin
import TocsinTesting

/// How many values came in `(now - 10 s, now]`.
struct PlantedCount: Rule, Sendable {
  let takesTheBorder: Bool
  private var arrivals: [Instant] = []

  init(takesTheBorder: Bool) { self.takesTheBorder = takesTheBorder }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    arrivals.append(now)
    let border = now.advanced(by: .zero - .span)
    arrivals.removeAll { takesTheBorder ? $0 < border : $0 <= border }
    return .pass(arrivals.count, .passed)
  }

  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    inputs.enumerated().map { index, event in
      let inside = inputs[...index].reversed().prefix { event.offset - $0.offset < .span }
      return Timed(event.offset, inside.count)
    }
  }
}

/// Raises (gives 9) from the third repeat of an open alert on. Zero resolves, all else fires.
struct PlantedEscalation: Rule, Sendable {
  enum Fault { case none, countsResolved, keepsCounting }

  let fault: Fault
  private var count = 0

  init(_ fault: Fault = .none) { self.fault = fault }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    if input == 0 {
      if fault == .countsResolved { count += 1 }
      if fault == .none { count = 0 }
      return .pass(0, .resolved)
    }
    count += 1
    return count >= 3 ? .pass(9, .escalated) : .pass(input, .passed)
  }

  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    inputs.enumerated().map { index, event in
      let open = inputs[...index].reversed().prefix { $0.value != 0 }.prefix(3)
      return Timed(event.offset, open.count == 3 ? 9 : event.value)
    }
  }
}

/// The sum of the last three values.
struct PlantedSum: Rule, Sendable {
  let isRunning: Bool
  private var values: [Double] = []
  private var sum = 0.0

  init(isRunning: Bool) { self.isRunning = isRunning }

  mutating func receive(_ input: Double, at now: Instant) -> Verdict<Double> {
    values.append(input)
    sum += input
    if values.count > 3 { sum -= values.removeFirst() }
    return .pass(isRunning ? sum : values.reduce(0, +), .passed)
  }

  static let model: @Sendable ([Timed<Double>], Duration) -> [Timed<Double>] = { inputs, _ in
    inputs.enumerated().map { index, event in
      let last = inputs[max(0, index - 2)...index]
      return Timed(event.offset, last.reduce(0) { $0 + $1.value })
    }
  }

  static let prices: @Sendable (ClosedRange<Int>) -> StreamGenerator<Double> = { count in
    StreamGenerator(count: count, around: .span) { random in
      random.chance(1, in: 50) ? 0x1p53 : Double(random.number(in: 0...9))
    }
    .simplifying { $0 == 0 ? [] : [0, 1].filter { [value = $0] in $0 < value } }
  }
}
