import Tocsin

/// Judges figures by their limits.
struct LimitWatch: Sendable {
  private var limits: [(limit: SafetyLimit, isBroken: Bool)]

  init(_ limits: [SafetyLimit]) { self.limits = limits.map { ($0, false) } }

  /// What a figure means for the kill switch.
  mutating func receive(_ figure: SafetyFigure) -> [KillSwitch.Input] {
    limits.indices.compactMap { index in
      limits[index].limit.name == figure.name ? judge(figure, &limits[index]) : nil
    }
  }

  private func judge(
    _ figure: SafetyFigure,
    _ slot: inout (limit: SafetyLimit, isBroken: Bool)
  ) -> KillSwitch.Input? {
    let limit = slot.limit
    guard let number = figure.number, number.isFinite else {
      guard limit.whenUndefined.isEngaged else { return nil }
      slot.isBroken = true
      let words = "\(limit.name) is undefined"
      return .demand(SafetyDemand(limit.whenUndefined, limit.cause, because: words))
    }
    if let (mode, level) = limit.asked(by: number) {
      slot.isBroken = true
      let words = "\(limit.name) is \(number.shortly) (limit \(level.shortly))"
      return .demand(SafetyDemand(mode, limit.cause, because: words))
    }
    guard slot.isBroken, number < limit.endLevel else { return nil }
    slot.isBroken = false
    return .ended(limit.cause)
  }
}
