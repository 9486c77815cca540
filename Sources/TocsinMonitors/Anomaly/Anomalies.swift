public import Tocsin

/// A number that is out of the ordinary, or the end of it.
public struct Anomaly<Value>: Phased {
  /// How an episode ended, or that it lasts.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
    /// The numbers are off.
    case outlier
    /// They are ordinary again.
    case over
    /// They have a new level.
    case levelShift
  }

  /// The value.
  public var value: Value
  /// Its number.
  public var number: Double
  /// What the number should have been; after a level shift the old level.
  public var expected: Double
  /// How many scales it was off; positive when it was too high.
  public var score: Double
  /// What it is.
  public var kind: Kind
  /// Firing when the episode begins, resolved when it ends, however it does.
  public var phase: Phase { kind == .outlier ? .firing : .resolved }

  /// Makes an anomaly.
  public init(_ value: Value, _ number: Double, expected: Double, score: Double, _ kind: Kind) {
    self.value = value
    self.number = number
    self.expected = expected
    self.score = score
    self.kind = kind
  }
}

extension Anomaly: Sendable where Value: Sendable {}
extension Anomaly: Equatable where Value: Equatable {}
extension Anomaly: Hashable where Value: Hashable {}
extension Anomaly: KeyedEvent where Value: KeyedEvent {
  /// The key of the value.
  public var key: Value.Key { value.key }
}

/// Lets the anomalies of a stream of numbers pass: one when an episode begins, one when it ends.
///
///     number     1-2-1-9-2-1-9-9-9-9-9-|
///     anomalies  ------F-R---F-------S-|    F fires, R resolves, S resolves as a level shift
///
/// A value without a number, or with one that is not finite, is dropped as invalid. See
/// ``AnomalyDetector`` for what counts; O(1) a value.
public struct Anomalies<Value>: Rule {
  /// What judges the numbers.
  public private(set) var detector: AnomalyDetector
  private let number: @Sendable (Value) -> Double?

  /// Makes a rule that has seen nothing.
  ///
  /// - Parameters:
  ///   - settings: What counts as an anomaly.
  ///   - number: The number of a value; nil when it has none. Asked once for each value.
  public init(
    _ settings: AnomalySettings = AnomalySettings(),
    of number: @escaping @Sendable (Value) -> Double?
  ) {
    detector = AnomalyDetector(settings)
    self.number = number
  }

  /// False while an episode lasts: its end is owed.
  public var canBeForgotten: Bool { !detector.isFiring }

  /// Judges a value.
  public mutating func receive(_ value: Value, at now: Instant) -> Verdict<Anomaly<Value>> {
    guard let number = number(value) else { return .drop(.invalid) }
    switch detector.receive(number, at: now) {
    case .invalid: return .drop(.invalid)
    case .warmingUp: return .drop(.collecting)
    case .ordinary: return .drop(.belowThreshold)
    case .lasts: return .drop(.stillFiring)
    case .began: return .pass(anomaly(value, number, .outlier), .changed)
    case .ended: return .pass(anomaly(value, number, .over), .resolved)
    case .shifted(let old, _):
      var shift = anomaly(value, number, .levelShift)
      shift.expected = old
      return .pass(shift, .resolved)
    }
  }

  private func anomaly(_ value: Value, _ number: Double, _ kind: Anomaly<Value>.Kind)
    -> Anomaly<Value>
  {
    Anomaly(value, number, expected: detector.expected, score: detector.score, kind)
  }
}

extension Anomalies: Sendable where Value: Sendable {}
