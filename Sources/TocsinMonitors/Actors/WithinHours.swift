import Tocsin

/// A rule about silence that can go on after a time in which nothing could be heard.
protocol Resumable {
  mutating func resume(at now: Instant)
}

extension FeedWatch: Resumable {}
extension HeartbeatAge: Resumable {}
extension OrderAges: Resumable {}
extension ReconciliationLag: Resumable {}
extension WithinHours: Resumable where Base: Resumable {}

/// A rule about silence that keeps quiet outside the hours.
///
/// What falls due outside them is told when the key is still silent `grace` after they begin again.
/// What ends before that is not told at all.
struct WithinHours<Base: TimedRule>: TimedRule where Base.Output: KeyedEvent & Phased {
  typealias Input = Base.Input
  typealias Output = Base.Output

  private(set) var base: Base
  private let hours: WatchHours
  private let grace: Duration
  private var waiting: [Base.Output.Key: Due<Base.Output>] = [:]
  /// The earliest deadline of those that wait; it may be too early, never too late.
  private var earliest = Instant.distantFuture

  init(_ base: Base, during hours: WatchHours, grace: Duration) {
    self.base = base
    self.hours = hours
    self.grace = grace
  }

  var nextDeadline: Instant { min(base.nextDeadline, earliest) }

  mutating func resume(at now: Instant) where Base: Resumable {
    base.resume(at: now)
    let least = now.advanced(by: grace)
    waiting = waiting.mapValues { due in
      var due = due
      due.instant = max(due.instant, least)
      return due
    }
    earliest = waiting.values.map(\.instant).min() ?? .distantFuture
  }

  mutating func change(_ body: (inout Base) -> Void) { body(&base) }

  mutating func receive(_ input: Base.Input, at now: Instant) -> Verdict<Base.Output> {
    let verdict = base.receive(input, at: now)
    guard let output = verdict.output, waiting.removeValue(forKey: output.key) != nil,
      output.phase == .resolved
    else { return verdict }
    return .drop(.conditionEnded)
  }

  mutating func expire(at now: Instant) -> Due<Base.Output>? {
    while nextDeadline <= now {
      if base.nextDeadline <= earliest {
        if let due = base.expire(at: min(now, earliest)), isTold(due) { return due }
      } else if let due = takeWaiting() {
        return due
      }
    }
    return nil
  }

  mutating func finish(at now: Instant) -> Due<Base.Output>? { base.finish(at: now) }

  private mutating func isTold(_ due: Due<Base.Output>) -> Bool {
    let opening = hours.nextOpening(due.instant)
    guard due.output.phase == .firing, opening != due.instant else { return true }
    var due = due
    due.instant = opening.advanced(by: grace)
    waiting[due.output.key] = due
    earliest = min(earliest, due.instant)
    return false
  }

  /// The one that is due at the earliest deadline; nil when it has ended meanwhile.
  private mutating func takeWaiting() -> Due<Base.Output>? {
    let now = earliest
    let due = waiting.first { $0.value.instant <= now }
    if let due { waiting[due.key] = nil }
    earliest = waiting.values.map(\.instant).min() ?? .distantFuture
    return due?.value
  }
}

extension WithinHours: Sendable
where Base: Sendable, Base.Output: Sendable, Base.Output.Key: Sendable {}
