/// Instants on purpose where rules go wrong: at one instant, and at multiples of their durations
/// after an earlier event, to the nanosecond and one off.
struct BorderGaps: Sendable {
  private let durations: [Int64]
  private let gaps: [Int64]

  init(_ durations: [Int64]) {
    self.durations = durations.filter { $0 > 0 }
    let borders = self.durations.flatMap { [$0 - 1, $0, $0 + 1, $0 / 2, $0 / 3] }
    gaps = borders + [0, 0, 1, 2]
  }

  /// So many instants, in order, from zero.
  func instants(_ count: Int, _ random: inout SeededRandom) -> [Int64] {
    var instants: [Int64] = []
    instants.reserveCapacity(count)
    for _ in 0..<count { instants.append(next(after: instants, &random)) }
    return instants
  }

  private func next(after instants: [Int64], _ random: inout SeededRandom) -> Int64 {
    guard let last = instants.last else { return 0 }
    if !durations.isEmpty && random.chance(1, in: 4) {
      return max(last, border(after: random.pick(Array(instants.suffix(4))), &random))
    }
    return saturating(last, random.pick(gaps))
  }

  /// One, two or three durations after an earlier instant, to the nanosecond or one off.
  private func border(after instant: Int64, _ random: inout SeededRandom) -> Int64 {
    let times = Int64(random.number(in: 1...3))
    let (span, overflow) = random.pick(durations).multipliedReportingOverflow(by: times)
    return saturating(saturating(instant, overflow ? .max : span), random.pick([-1, 0, 0, 1]))
  }

  private func saturating(_ instant: Int64, _ step: Int64) -> Int64 {
    let (sum, overflow) = instant.addingReportingOverflow(step)
    return overflow ? .max : sum
  }
}
