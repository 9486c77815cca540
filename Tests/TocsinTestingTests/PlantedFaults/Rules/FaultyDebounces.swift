import Tocsin
import TocsinTesting

/// A debounce of ten seconds, with a value of its own for every way to get it wrong.
struct PlantedDebounce: TimedRule, Sendable {
  enum Fault { case leadingForgetsTie, losesTheLast, capMoves, overflows }

  let fault: Fault
  private var quietEnd = Instant.distantPast
  private var cap = Instant.distantFuture
  private var pending: Int?

  init(_ fault: Fault) { self.fault = fault }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    let opens = fault == .leadingForgetsTie ? now > quietEnd : now >= min(quietEnd, cap)
    quietEnd = after(now, .span)
    if fault == .leadingForgetsTie { return opens ? .pass(input, .first) : .drop(.debouncing) }
    if fault == .capMoves || opens && fault != .overflows { cap = after(now, .span * 2) }
    defer { pending = input }
    return pending == nil ? .hold(.debouncing) : .replace(.superseded)
  }

  private func after(_ now: Instant, _ duration: Duration) -> Instant {
    guard fault == .overflows else { return now.advanced(by: duration) }
    return Instant(nanoseconds: now.nanoseconds &+ duration.wholeNanoseconds)
  }

  var nextDeadline: Instant { pending == nil ? .distantFuture : min(quietEnd, cap) }

  mutating func expire(at now: Instant) -> Due<Int>? {
    let instant = nextDeadline
    guard let value = pending, instant <= now, instant < .distantFuture else { return nil }
    pending = nil
    return Due(value, at: instant, .quiet)
  }

  mutating func finish(at now: Instant) -> Due<Int>? {
    guard let value = pending, fault != .losesTheLast else { return nil }
    pending = nil
    return Due(value, at: now, .ended)
  }

  /// The first value of each burst: of those with ten seconds of silence before them.
  static let leading: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    var last: Duration?
    return passed(inputs) { event in
      defer { last = event.offset }
      return last.map { event.offset - $0 >= .span } ?? true ? event.value : nil
    }
  }

  /// The last value of each burst, when it was quiet for ten seconds, or twenty after the burst's
  /// first value, or the stream ends.
  static func trailing(
    capped: Bool
  ) -> @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] {
    { inputs, end in
      var outputs: [Timed<Int>] = []
      var first: Duration?
      for (index, event) in inputs.enumerated() {
        let start = first ?? event.offset
        let due = saturating(capped ? min(event.offset, start + .span) : event.offset, .span)
        let isLast = index + 1 == inputs.count
        let reach = saturating(isLast ? end : inputs[index + 1].offset, .zero)
        first = due <= reach && due.wholeNanoseconds < .max ? nil : start
        if first == nil || isLast { outputs.append(Timed(min(due, reach), event.value)) }
      }
      return outputs
    }
  }

  /// A later offset, or the end of time.
  private static func saturating(_ offset: Duration, _ step: Duration) -> Duration {
    min(.nanoseconds(Int64.max), offset + step)
  }
}
