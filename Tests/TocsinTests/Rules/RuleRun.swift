import Foundation
import Testing
import Tocsin

/// What a rule has taken in and given out. Exact at every step: in + made = out + held + dropped.
struct RuleLedger: Equatable {
  var taken = 0
  var made = 0
  var given = 0
  var held = 0
  var dropped = 0

  var isBalanced: Bool { held >= 0 && taken + made == given + held + dropped }
}

/// A rule that says how many values wait inside.
protocol HoldingRule {
  var heldCount: Int { get }
}

extension Debounce: HoldingRule {}

/// Makes a rule without timers drivable like one with them.
struct Timeless<Base: Rule>: TimedRule {
  var base: Base
  var nextDeadline: Instant { .distantFuture }

  mutating func receive(_ input: Base.Input, at now: Instant) -> Verdict<Base.Output> {
    base.receive(input, at: now)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? { nil }
  mutating func finish(at now: Instant) -> Due<Base.Output>? { nil }
}

extension Timeless: Codable where Base: Codable {}

/// Drives a rule over a list of moments as an operator does, keeps the books and notes every breach
/// of the protocol.
struct RuleRun<R: TimedRule> {
  /// How the driver takes what is due.
  enum Pace: CaseIterable { case eager, lazy }

  var rule: R
  var pace = Pace.eager
  var ledger = RuleLedger()
  /// One line for each value that went on: `instant output reason`.
  var lines: [String] = []
  /// The reason of each input's verdict.
  var reasons: [Reason] = []
  var breaches: [String] = []
  private var newest = Instant.distantPast

  init(_ rule: R, pace: Pace = .eager) {
    self.rule = rule
    self.pace = pace
  }

  mutating func receive(_ input: R.Input, at time: Int64) {
    advance(to: time)
    let now = Instant(nanoseconds: time)
    let verdict = rule.receive(input, at: now)
    ledger.taken += 1
    reasons.append(verdict.reason)
    switch verdict {
    case .pass(let output, let reason): emit(output, now, reason)
    case .hold: ledger.held += 1
    case .replace, .drop: ledger.dropped += 1
    }
    audit()
  }

  mutating func advance(to time: Int64) {
    let now = Instant(nanoseconds: time)
    while rule.nextDeadline <= now && rule.nextDeadline < .distantFuture {
      let deadline = rule.nextDeadline
      let early = Instant(nanoseconds: deadline.nanoseconds - 1)
      if rule.expire(at: early) != nil { breaches.append("something was due before \(deadline)") }
      take(rule.expire(at: pace == .eager ? deadline : now), from: deadline)
    }
    if rule.expire(at: now) != nil { breaches.append("a deadline after \(time) hid what was due") }
  }

  mutating func finish(at time: Int64) {
    advance(to: time)
    let now = Instant(nanoseconds: time)
    while let due = rule.finish(at: now) { take(due, from: now) }
    if ledger.held != 0 { breaches.append("\(ledger.held) values were left behind") }
  }

  private mutating func take(_ due: Due<R.Output>?, from deadline: Instant) {
    guard let due else { return audit() }
    if due.instant != deadline { breaches.append("due at \(due.instant), not at \(deadline)") }
    if due.isMade { ledger.made += 1 } else { ledger.held -= 1 }
    emit(due.output, due.instant, due.reason)
    audit()
  }

  private mutating func emit(_ output: R.Output, _ instant: Instant, _ reason: Reason) {
    if instant < newest { breaches.append("time went back to \(instant)") }
    newest = instant
    ledger.given += 1
    let text = (output as? any RuleText)?.text ?? "\(output)"
    lines.append("\(instant.nanoseconds) \(text) \(reason.rawValue)")
  }

  private mutating func audit() {
    let held = (rule as? any HoldingRule)?.heldCount ?? 0
    if !ledger.isBalanced { breaches.append("the books do not balance: \(ledger)") }
    if held != ledger.held { breaches.append("holds \(held), the books say \(ledger.held)") }
  }
}

extension RuleRun {
  /// Drives `rule` over `moments` and finishes it at `end`, if one is given.
  static func over(
    _ rule: R,
    _ moments: [(Int64, R.Input)],
    until end: Int64?,
    pace: Pace = .eager
  ) -> Self {
    var run = Self(rule, pace: pace)
    for (time, input) in moments { run.receive(input, at: time) }
    if let end { run.finish(at: end) }
    return run
  }
}

extension RuleRun where R: Codable {
  /// The same, but the rule is written out and read back before each moment in `stops`: of even ones
  /// after what is due has been taken.
  static func restored(
    _ rule: R,
    _ moments: [(Int64, R.Input)],
    until end: Int64,
    stops: Set<Int>
  ) throws -> Self {
    var run = Self(rule)
    for (index, (time, input)) in moments.enumerated() {
      if stops.contains(index) {
        if index.isMultiple(of: 2) { run.advance(to: time) }
        run.rule = try run.rule.writtenAndRead()
      }
      run.receive(input, at: time)
    }
    run.finish(at: end)
    return run
  }
}

extension Encodable where Self: Decodable {
  func writtenAndRead() throws -> Self {
    try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(self))
  }

  /// The value, read back from a file that has lost one entry and where others were changed.
  func writtenWithout(_ entry: String, insert changes: [String: Any] = [:]) throws -> Self {
    let read = try JSONSerialization.jsonObject(with: JSONEncoder().encode(self))
    var entries = try #require(read as? [String: Any])
    try #require(entries.removeValue(forKey: entry) != nil)
    entries.merge(changes) { $1 }
    let data = try JSONSerialization.data(withJSONObject: entries)
    return try JSONDecoder().decode(Self.self, from: data)
  }
}
