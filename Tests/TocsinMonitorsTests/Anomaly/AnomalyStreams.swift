import Foundation
import Tocsin
import TocsinMonitors

/// Streams of numbers, one a minute, without anything out of the ordinary; the noise of each has a
/// standard deviation of 1, but for Student's t.
enum AnomalyStream: String, CaseIterable {
  case white = "white noise"
  case weak = "AR(1), 0.5"
  case strong = "AR(1), 0.9"
  case heavy = "Student t, 3 degrees"
  case daily = "a sine over the day, ±3"
  case hours = "a step of 4 for 8 hours of the day"
  case trend = "a trend of 0.01 a value"
  case shifts = "a level shift of 8 every 3,000 values"

  var settings: AnomalySettings {
    var settings = AnomalySettings()
    guard self == .daily || self == .hours else { return settings }
    settings.bins = 24
    settings.memory = 2_000
    return settings
  }

  func numbers(_ count: Int, seed: Int) -> [Double] {
    var random = MonitorRandom(seed: seed)
    var last = 0.0
    return (0..<count).map { index in
      let noise = self == .heavy ? Self.student(&random) : Self.normal(&random)
      switch self {
      case .white, .heavy: return noise
      case .weak: last = 0.5 * last + noise * 0.75.squareRoot()
      case .strong: last = 0.9 * last + noise * 0.19.squareRoot()
      case .daily: return noise + 3 * sin(2 * .pi * Double(index) / 1_440)
      case .hours: return noise + (index % 1_440 < 480 ? 0 : 4)
      case .trend: return noise + 0.01 * Double(index)
      case .shifts: return noise + (index / 3_000 % 2 == 0 ? 0 : 8)
      }
      return last
    }
  }

  /// Box and Muller 1958.
  static func normal(_ random: inout MonitorRandom) -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random)))
    return radius.squareRoot() * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
  }

  private static func student(_ random: inout MonitorRandom) -> Double {
    let squares = (0..<3).map { _ in normal(&random) }.reduce(0) { $0 + $1 * $1 }
    return normal(&random) / (squares / 3).squareRoot()
  }
}

/// The simple way: a number more than 3.29 standard deviations from the mean, both exponentially
/// weighted over 200 values. One in a thousand of normal values.
struct PlainScore {
  private var mean = 0.0
  private var variance = 0.0
  private var count = 0
  private var isFiring = false

  mutating func begins(_ number: Double) -> Bool {
    count += 1
    let residual = number - mean
    let score = variance > 0 ? abs(residual) / variance.squareRoot() : 0
    let gain = max(1 / 200.0, 1 / Double(count))
    mean += gain * residual
    variance = (1 - gain) * (variance + gain * residual * residual)
    guard count > 200 else { return false }
    defer { isFiring = score >= 3.29 }
    return score >= 3.29 && !isFiring
  }
}

func minute(_ index: Int) -> Instant { Instant(nanoseconds: Int64(index) * 60_000_000_000) }
