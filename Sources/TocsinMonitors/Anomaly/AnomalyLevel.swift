/// The level, the trend and the scale of a stream, which no single value can move far.
///
/// Exponentially weighted, with every step clipped at three scales (Huber 1964): a level with a trend
/// (Holt 1957), critically damped, and the mean absolute deviation times 1.266 for a scale that is
/// the standard deviation of normal values.
struct AnomalyLevel: Hashable, Codable, Sendable {
  private static let first = 20
  private static let clip = 3.0

  private(set) var level = 0.0
  private(set) var trend = 0.0
  private(set) var scale = 0.0
  private(set) var count = 0
  private var start: [Double] = []

  /// Whether there were enough values to begin with.
  var isReady: Bool { count >= Self.first }
  /// What the next value should be, before the profile.
  var expected: Double { level + trend }

  /// How many scales a residual is.
  func score(_ residual: Double) -> Double {
    let scale = scale > 0 ? scale : 1e-12 * max(1, abs(level))
    return min(max(residual / scale, -1e6), 1e6)
  }

  /// Takes one of the first values: their median is the first level.
  mutating func begin(_ number: Double) {
    count += 1
    start.append(number)
    guard count == Self.first else { return }
    level = Self.median(start)
    scale = Self.median(start.map { abs($0 - level) }) * 1.4826
    start = []
  }

  /// Learns from an ordinary value; gives the clipped residual.
  mutating func learn(_ residual: Double, memory: Int) -> Double {
    count = min(count + 1, Int(Int32.max))
    let gain = max(1 / Double(memory), 1 / Double(count))
    let most = Self.clip * scale
    let step = scale > 0 ? min(max(residual, -most), most) : residual / Double(memory)
    level += trend + gain * step
    if count > 50 { trend += gain * gain / 4 * step }
    scale += gain * (1.266 * abs(step) - scale)
    return step
  }

  mutating func pass() { count = min(count + 1, Int(Int32.max)) }

  /// The stream has another level from now on.
  mutating func move(to level: Double) {
    self.level = level
    trend = 0
  }

  private static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }
}
