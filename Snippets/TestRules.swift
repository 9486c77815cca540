//! Rules as tables.

import Tocsin

// snippet.table
var rule = Debounce<String>(.seconds(3), maxWait: .seconds(5))
let start = Instant.epoch

let verdicts = [(0, "a"), (2, "b"), (4, "c")].map { second, value in
  rule.receive(value, at: start.advanced(by: .seconds(second))).reason
}
let due = rule.expire(at: start.advanced(by: .seconds(5)))

assert(verdicts == [.debouncing, .superseded, .superseded])
assert(due?.output == "c" && due?.reason == .maximumWait)
assert(due?.instant == start.advanced(by: .seconds(5)))
// snippet.end

precondition(verdicts == [.debouncing, .superseded, .superseded])
precondition(due?.output == "c" && due?.reason == .maximumWait)
precondition(due?.instant == start.advanced(by: .seconds(5)))

// snippet.drive
/// Feeds a timed rule as an operator does: what is due at *t* goes before an input at *t*.
func drive<R: TimedRule>(_ rule: inout R, _ inputs: [(Int, R.Input)]) -> [R.Output] {
  var outputs: [R.Output] = []
  for (second, input) in inputs {
    let now = Instant.epoch.advanced(by: .seconds(second))
    while rule.nextDeadline <= now {
      if let due = rule.expire(at: now) { outputs.append(due.output) }
    }
    if let output = rule.receive(input, at: now).output { outputs.append(output) }
  }
  return outputs
}
// snippet.end

var absence = Absence<String>(.seconds(4))
let signals = drive(&absence, [(0, "a"), (2, "b"), (10, "c")]).map(\.phase)
precondition(signals == [.firing, .resolved])
