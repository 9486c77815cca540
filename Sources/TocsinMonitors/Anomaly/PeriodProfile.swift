import Tocsin

/// What a number is more or less than its level at each time of a period.
///
/// Between the middles of two bins by straight line. O(1) a value, 8 bytes a bin.
struct PeriodProfile: Hashable, Codable, Sendable {
  /// Where an instant is between two bins.
  struct Place {
    var left: Int
    var right: Int
    /// The share of the right one.
    var share: Double
  }

  private static let gain = 0.05
  private let period: Int64
  private var offsets: [Double]

  init(bins: Int, period: Duration) {
    self.period = max(1, period.wholeNanoseconds)
    offsets = Array(repeating: 0, count: bins)
  }

  /// Nil without bins.
  func place(at now: Instant) -> Place? {
    guard !offsets.isEmpty else { return nil }
    let rest = now.nanoseconds % period
    let part = Double(rest < 0 ? rest + period : rest) / Double(period)
    let position = part * Double(offsets.count) - 0.5
    let left = Int(position.rounded(.down))
    let count = offsets.count
    return Place(
      left: (left + count) % count,
      right: (left + 1) % count,
      share: position - Double(left)
    )
  }

  func offset(_ place: Place?) -> Double {
    guard let place else { return 0 }
    return offsets[place.left] * (1 - place.share) + offsets[place.right] * place.share
  }

  mutating func learn(_ step: Double, _ place: Place?) {
    guard let place else { return }
    offsets[place.left] += Self.gain * (1 - place.share) * step
    offsets[place.right] += Self.gain * place.share * step
  }
}
