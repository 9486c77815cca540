import Tocsin
import TocsinTesting

/// Fires (1) at a level of 7 or more, resolves (0) at 3 or less: in between nothing changes.
struct PlantedHysteresis: Rule, Sendable {
  let hasOneLevel: Bool
  private var isFiring = false

  init(hasOneLevel: Bool) { self.hasOneLevel = hasOneLevel }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    let ends = hasOneLevel ? input < 7 : input <= 3
    guard isFiring ? ends : input >= 7 else { return .drop(.withinBand) }
    isFiring.toggle()
    return .pass(isFiring ? 1 : 0, .changed)
  }

  /// What counts are the values outside the band, where they change sides.
  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, _ in
    var side = 0
    return passed(inputs.filter { $0.value >= 7 || $0.value <= 3 }) { event in
      let now = event.value >= 7 ? 1 : 0
      defer { side = now }
      return now == side ? nil : now
    }
  }
}

/// Says so (made, the value) once a value above zero has held for ten seconds without one of zero.
struct PlantedHold: TimedRule, Sendable {
  let ignoresDips: Bool
  private var since: Instant?
  private var latest = 0
  private var isFiring = false

  init(ignoresDips: Bool) { self.ignoresDips = ignoresDips }

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    latest = input
    if input > 0 {
      since = since ?? now
    } else {
      if !ignoresDips || isFiring { since = nil }
      isFiring = false
    }
    return .drop(.holding)
  }

  var nextDeadline: Instant {
    guard let since, !isFiring else { return .distantFuture }
    return since.advanced(by: .span)
  }

  mutating func expire(at now: Instant) -> Due<Int>? {
    let instant = nextDeadline
    guard instant <= now, instant < .distantFuture else { return nil }
    isFiring = true
    return Due(latest, at: instant, .heldLongEnough, isMade: true)
  }

  mutating func finish(at now: Instant) -> Due<Int>? { nil }

  /// Runs of values above zero, from the first to the zero that ends them.
  static let model: @Sendable ([Timed<Int>], Duration) -> [Timed<Int>] = { inputs, end in
    inputs.split { $0.value == 0 }.compactMap { run in
      guard let first = run.first else { return nil }
      let due = first.offset + .span
      let over = run.endIndex < inputs.count ? inputs[run.endIndex].offset : end
      let latest = run.last { $0.offset < due }
      return due <= over ? Timed(due, latest?.value ?? first.value) : nil
    }
  }
}
