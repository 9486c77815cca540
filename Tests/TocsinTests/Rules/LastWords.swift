import CustomDump
import Testing

@testable import Tocsin

/// Checks what every limit owes to alerts, whatever it limits: the last word of every key is the
/// truth once time has passed or the stream has ended, a closing message follows an announcement,
/// every critical alert comes out at its instant, and no alert stands for more than came.
func expectLastWords<R: TimedRule>(
  of rule: R,
  _ moments: [(Int64, R.Input)],
  key: (R.Input) -> Int,
  after patience: Int64,
  seed: UInt64
) where R.Input: Alerting, R.Output == R.Input {
  for isEnded in [false, true] {
    var watch = LastWords(rule)
    for (time, input) in moments { watch.receive(input, at: time) }
    let last = moments.last?.0 ?? 0
    if isEnded { watch.finish(at: last) } else { watch.advance(to: last + patience) }
    for one in Set(moments.map { key($0.1) }) {
      let said = watch.said.filter { key($0.1) == one }
      let came = moments.filter { key($0.1) == one }
      let phases = said.map(\.1.phase)
      let truth = came.last?.1.phase ?? .resolved
      #expect(phases.last ?? .resolved == truth, "key \(one), seed \(seed)")
      let isSound = zip([.resolved] + phases, phases).allSatisfy { $1 == .firing || $0 == .firing }
      #expect(isSound, "key \(one), seed \(seed): closed what was not announced: \(said)")
      let worst = { (list: [(Int64, R.Input)]) in
        list.filter { $0.1.severity == .critical && $0.1.phase == .firing }.map(\.0)
      }
      expectNoDifference(worst(said), worst(came), "critical of key \(one), seed \(seed)")
      let total = { (list: [(Int64, R.Input)]) in list.reduce(0) { $0 + $1.1.occurrences } }
      #expect(total(said) <= total(came), "key \(one), seed \(seed)")
    }
  }
}

/// Drives a rule and writes down what it says.
private struct LastWords<R: TimedRule> where R.Output == R.Input {
  var rule: R
  var said: [(Int64, R.Output)] = []

  init(_ rule: R) { self.rule = rule }

  mutating func receive(_ input: R.Input, at time: Int64) {
    advance(to: time)
    let verdict = rule.receive(input, at: Instant(nanoseconds: time))
    if let output = verdict.output { said.append((time, output)) }
  }

  mutating func advance(to time: Int64) {
    while let due = rule.expire(at: Instant(nanoseconds: time)) { say(due) }
  }

  mutating func finish(at time: Int64) {
    while let due = rule.finish(at: Instant(nanoseconds: time)) { say(due) }
  }

  private mutating func say(_ due: Due<R.Output>) {
    said.append((due.instant.nanoseconds, due.output))
  }
}

extension ThrottleRule: HoldingRule {}
