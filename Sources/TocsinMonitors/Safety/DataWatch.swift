import Tocsin

/// Demands a stricter mode when data that decisions need is missing.
///
/// Each data is waited for from ``begin(at:)`` on. It demands `reducing` at exactly its last sign plus
/// the one limit and `halted` at the other. Its next sign ends the cause; only a person resets.
/// O(data) an event: there are few.
struct DataWatch: Sendable {
  private struct Slot: Sendable {
    var data: RequiredData
    var last = Instant.distantPast
    /// What was demanded since the last sign.
    var demanded = SafetyMode.active
    var deadline = Instant.distantFuture

    var cause: SafetyCause { SafetyCause(.missingData, data.name) }
  }

  private var slots: [Slot]
  private var hasBegun = false
  private(set) var nextDeadline = Instant.distantFuture

  init(_ data: [RequiredData]) { slots = data.map { Slot(data: $0) } }

  /// Begins to wait, if it has not begun yet.
  mutating func begin(at now: Instant) {
    guard !hasBegun else { return }
    hasBegun = true
    for index in slots.indices { touch(index, at: now) }
  }

  /// Notes an event; the causes that it ended.
  mutating func receive(_ event: TradingEvent, at now: Instant) -> [SafetyCause] {
    note(at: now) { $0.matches(event) }
  }

  /// Notes a sign of data by its name; the causes that it ended.
  mutating func alive(_ name: String, at now: Instant) -> [SafetyCause] {
    note(at: now) { $0.name == name }
  }

  /// Takes one demand that is due.
  mutating func expire(at now: Instant) -> (demand: SafetyDemand, instant: Instant)? {
    while let index = slots.indices.min(by: { slots[$0].deadline < slots[$1].deadline }) {
      nextDeadline = slots[index].deadline
      guard nextDeadline <= now, nextDeadline != .distantFuture else { return nil }
      if let taken = take(index) { return taken }
    }
    nextDeadline = .distantFuture
    return nil
  }

  private mutating func note(at now: Instant, _ isSign: (RequiredData) -> Bool) -> [SafetyCause] {
    var ended: [SafetyCause] = []
    for index in slots.indices where isSign(slots[index].data) {
      if slots[index].demanded.isEngaged { ended.append(slots[index].cause) }
      touch(index, at: now)
    }
    return ended
  }

  private mutating func touch(_ index: Int, at now: Instant) {
    slots[index].last = max(now, slots[index].last)
    // A deadline that is armed is only moved when it comes up.
    guard slots[index].demanded.isEngaged || slots[index].deadline == .distantFuture else { return }
    slots[index].demanded = .active
    arm(index)
  }

  /// Arms the next limit. The deadline known may be too early, never too late.
  private mutating func arm(_ index: Int) {
    slots[index].deadline = next(slots[index])?.instant ?? .distantFuture
    nextDeadline = min(nextDeadline, slots[index].deadline)
  }

  private mutating func take(_ index: Int) -> (demand: SafetyDemand, instant: Instant)? {
    let slot = slots[index]
    guard let (mode, limit, instant) = next(slot), instant <= slot.deadline else {
      arm(index)
      return nil
    }
    slots[index].demanded = mode
    arm(index)
    let reason = "\(slot.data.name) missing for \(limit.words)"
    return (SafetyDemand(mode, slot.cause, because: reason), instant)
  }

  private func next(_ slot: Slot) -> (mode: SafetyMode, limit: Duration, instant: Instant)? {
    let limits: [(SafetyMode, Duration?)] = [
      (.reducing, slot.data.reduceAfter), (.halted, slot.data.haltAfter),
    ]
    return limits.compactMap { mode, limit in
      guard let limit, mode > slot.demanded else { return nil }
      return (mode, limit, due(limit, slot))
    }.min { ($0.2, $1.0) < ($1.2, $0.0) }
  }

  /// What falls due outside the hours does so when it is still missing as long after they begin.
  private func due(_ limit: Duration, _ slot: Slot) -> Instant {
    let due = slot.last.advanced(by: limit)
    let opening = slot.data.hours.nextOpening(due)
    return opening == due ? due : opening.advanced(by: limit)
  }
}
