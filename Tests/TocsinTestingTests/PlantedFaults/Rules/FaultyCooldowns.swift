import Tocsin
import TocsinTesting

/// Lets a value pass, then holds back what comes within ten seconds.
struct PlantedCooldown: Rule, Codable, Sendable {
  enum Fault: String, Codable {
    case none, anchoredAtEveryInput, countsTwice, forgetsItsAnchor
  }

  var fault = Fault.none
  var anchor: Instant?
  var heldBack = 0

  init(_ fault: Fault = .none) { self.fault = fault }

  /// Passes with the number of values that it stands for.
  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    let isOver = anchor.map { now >= $0.advanced(by: .span) } ?? true
    if isOver || fault == .anchoredAtEveryInput { anchor = now }
    guard isOver else {
      heldBack += 1
      return .drop(.inCooldown)
    }
    defer { if fault != .countsTwice { heldBack = 0 } }
    return .pass(heldBack + 1, .cooldownOver)
  }

  init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    fault = try box.decode(Fault.self, forKey: .fault)
    heldBack = try box.decode(Int.self, forKey: .heldBack)
    anchor =
      try fault == .forgetsItsAnchor ? nil : box.decodeIfPresent(Instant.self, forKey: .anchor)
  }

  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    var last: Duration?
    var since = 0
    return passed(inputs) { event in
      since += 1
      if let last, event.offset - last < .span { return nil }
      defer { (last, since) = (event.offset, 0) }
      return since
    }
  }
}

/// Lets two values pass in ten seconds, counted from the first value after the last window.
struct PlantedThrottle: Rule, Sendable {
  let windowsAreFixed: Bool
  private var start: Instant?
  private var spent = 0

  init(windowsAreFixed: Bool) { self.windowsAreFixed = windowsAreFixed }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    if let begun = start, now < begun.advanced(by: .span) {
      spent += 1
      return spent <= 2 ? .pass(input, .passed) : .drop(.throttled)
    }
    // With the fault a window begins where the last one ended: after a silence it is over already,
    // and the budget is new for every value.
    start = windowsAreFixed ? (start?.advanced(by: .span) ?? now) : now
    spent = 1
    return .pass(input, .passed)
  }

  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    var window: [Timed<Int>] = []
    return passed(inputs) { event in
      if let first = window.first, event.offset - first.offset >= .span { window = [] }
      window.append(event)
      return window.count <= 2 ? event.value : nil
    }
  }
}

/// Drops a value that was seen less than ten seconds ago, and remembers when it saw it.
struct PlantedDeduplicate: Rule, Sendable {
  let bordersAreWrong: Bool
  private var seen: [Int: Instant] = [:]

  init(bordersAreWrong: Bool) { self.bordersAreWrong = bordersAreWrong }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    defer { seen[input] = now }
    guard let end = seen[input]?.advanced(by: .span) else { return .pass(input, .first) }
    let isOver = bordersAreWrong ? now > end : now >= end
    return isOver ? .pass(input, .passed) : .drop(.duplicate)
  }

  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    var earlier: [Int: Duration] = [:]
    return passed(inputs) { event in
      defer { earlier[event.value] = event.offset }
      guard let last = earlier[event.value] else { return event.value }
      return event.offset - last >= .span ? event.value : nil
    }
  }
}
