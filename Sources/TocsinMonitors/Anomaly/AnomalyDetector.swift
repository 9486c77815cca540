import Foundation
public import Tocsin

/// Says of each number of a stream whether it is out of the ordinary, from those before it only.
///
/// A number is judged by how many scales it is from what the level, the trend and the profile of the
/// day expect. The threshold steers itself to the false-positive rate, whatever the distribution is:
/// it rises by a tenth with every episode, and falls a little with every ordinary value, so that in
/// the long run their ratio is the rate (Gibbs and Candès 2021). While an episode lasts nothing is
/// learnt. A level that stays off for ``AnomalySettings/confirmAfter`` values becomes the new level,
/// is told once, and ends the episode.
///
/// O(1) time and memory; 8 bytes more for each bin of the profile. Not a number and infinities are
/// refused, counted, and change nothing.
public struct AnomalyDetector: Hashable, Codable, Sendable {
  /// What was said of one number.
  public enum Verdict: Hashable, Codable, Sendable {
    /// Not a number, or infinite.
    case invalid
    /// Too few numbers have come to judge it.
    case warmingUp
    /// Nothing out of the ordinary.
    case ordinary
    /// An episode begins.
    case began
    /// The episode goes on.
    case lasts
    /// The episode is over: the numbers are ordinary again.
    case ended
    /// The episode is over: the numbers have a new level.
    case shifted(from: Double, to: Double)
  }

  /// What counts as an anomaly.
  public let settings: AnomalySettings
  /// How many scales off a number must be now. 2…50.
  public private(set) var threshold = 3.3
  /// Numbers that were none.
  public private(set) var invalidCount = 0
  /// What the last number should have been.
  public private(set) var expected = 0.0
  /// How many scales the last number was off; positive when it was too high. At most a million.
  public private(set) var score = 0.0
  private var level = AnomalyLevel()
  private var profile: PeriodProfile
  private var episode: Episode?
  private var firstAt: Instant?

  private struct Episode: Hashable, Codable, Sendable {
    var isUp: Bool
    var count = 0
    var sum = 0.0
    var ordinary = 0
  }

  /// Makes a detector that has seen nothing.
  public init(_ settings: AnomalySettings = AnomalySettings()) {
    self.settings = settings.contained
    profile = PeriodProfile(bins: self.settings.bins, period: self.settings.period)
  }

  /// Whether an episode lasts.
  public var isFiring: Bool { episode != nil }

  /// Judges one number.
  public mutating func receive(_ number: Double, at now: Instant) -> Verdict {
    guard number.isFinite, abs(number) < 1e150 else {
      invalidCount += 1
      return .invalid
    }
    let place = profile.place(at: now)
    let offset = profile.offset(place)
    firstAt = firstAt ?? now
    guard level.isReady else {
      level.begin(number - offset)
      return .warmingUp
    }
    expected = level.expected + offset
    score = level.score(number - expected)
    if episode != nil { return goOn(number - offset, place) }
    let isOff = isOff
    let isWarm = isWarm(at: now)
    steer(isOff, isWarm)
    if isOff && isWarm {
      episode = Episode(isUp: score > 0)
      level.pass()
      return .began
    }
    learn(number - expected, place)
    return isWarm ? .ordinary : .warmingUp
  }

  private var isOff: Bool {
    switch settings.direction {
    case .up: score >= threshold
    case .down: score <= -threshold
    case .both: abs(score) >= threshold
    }
  }

  /// With a profile, two periods must have passed.
  private func isWarm(at now: Instant) -> Bool {
    guard level.count >= settings.warmUp else { return false }
    guard settings.bins > 0, let firstAt else { return true }
    return firstAt.duration(to: now) >= settings.period * 2
  }

  private mutating func steer(_ isOff: Bool, _ isWarm: Bool) {
    let rate = settings.falsePositiveRate
    let gain = isWarm ? 0.1 : 0.3
    threshold = min(50, max(2, threshold * exp(gain * ((isOff ? 1 : 0) - rate))))
  }

  private mutating func learn(_ residual: Double, _ place: PeriodProfile.Place?) {
    let step = level.learn(residual, memory: settings.memory)
    profile.learn(step, place)
  }

  private mutating func goOn(_ number: Double, _ place: PeriodProfile.Place?) -> Verdict {
    guard var current = episode else { return .ordinary }
    current.count += 1
    current.sum += number
    let isSame = current.isUp ? score > 0 : score < 0
    current.ordinary = isSame && abs(score) >= threshold * settings.leave ? 0 : current.ordinary + 1
    episode = current
    if current.ordinary >= 2 || current.ordinary == current.count {
      episode = nil
      learn(number + profile.offset(place) - expected, place)
      return .ended
    }
    level.pass()
    guard current.count >= settings.confirmAfter else { return .lasts }
    episode = nil
    let old = level.level
    level.move(to: current.sum / Double(current.count))
    return .shifted(from: old, to: level.level)
  }
}
