public import Tocsin

/// What a trigger judges: a number about a subject.
public struct TriggerReading: Hashable, Sendable {
  /// What it is about; empty when there is only one.
  public var subject: String
  /// The number; nil when it is undefined. A number that is not finite counts as undefined.
  public var number: Double?
  /// The number in words for a person.
  public var words: String

  /// Makes a reading.
  public init(_ number: Double?, about subject: String = "", words: String) {
    self.number = number.flatMap { $0.isFinite ? $0 : nil }
    self.subject = subject
    self.words = words
  }
}

/// What may be changed of a trigger while it runs.
public struct TriggerSettings: Hashable, Codable, Sendable {
  /// What an undefined number means.
  public enum Undefined: String, Hashable, Codable, Sendable {
    /// Nothing: it neither fires nor resolves.
    case ignore
    /// It fires.
    case fire
  }

  /// Where it fires.
  public var threshold: Double
  /// Whether it fires from the threshold on, or below it.
  public var isAbove: Bool
  /// Whether it is switched on.
  public var isEnabled = true
  /// What an undefined number means.
  public var whenUndefined = Undefined.ignore

  /// Fires from a number on.
  public static func from(_ threshold: Double) -> TriggerSettings {
    TriggerSettings(threshold: threshold, isAbove: true)
  }

  /// Fires below a number.
  public static func below(_ threshold: Double) -> TriggerSettings {
    TriggerSettings(threshold: threshold, isAbove: false)
  }

  private init(threshold: Double, isAbove: Bool) {
    self.threshold = threshold
    self.isAbove = isAbove
  }

  /// The same with another meaning of undefined.
  public func whenUndefined(_ meaning: Undefined) -> TriggerSettings {
    var copy = self
    copy.whenUndefined = meaning
    return copy
  }

  /// Whether a number is beyond the threshold; nil when that cannot be said.
  func isBroken(by number: Double?) -> Bool? {
    guard let number else { return whenUndefined == .fire ? true : nil }
    return isAbove ? number >= threshold : number < threshold
  }
}

/// Judges readings by a threshold that may change at any time.
///
///     reading    -1-6-6-2---7-u-3-|     threshold 5, u undefined
///     alerts     ---F-F-R---F---R-|     F fires, R resolved
///
/// Every reading beyond the threshold fires, so a cooldown behind it decides how often it is told;
/// the first one that is not resolves. Undefined readings do nothing, unless
/// ``TriggerSettings/Undefined/fire`` is set. A change of the settings judges the last reading of
/// every subject again at once; switching off resolves what fires.
///
/// O(1) a reading, O(subjects) a change of the settings. At most 1,000 subjects; more are refused
/// (`keyLimit`).
public struct Trigger: Rule, Sendable {
  /// What a trigger is told.
  public enum Input: Hashable, Sendable {
    /// A new reading.
    case reading(TriggerReading)
    /// A change of the settings.
    case settings(TriggerSettings)
  }

  private struct Slot: Sendable {
    var reading: TriggerReading
    var isFiring = false
  }

  static let subjectLimit = 1_000

  /// The name of its alerts.
  public let name: String
  /// How bad it is.
  public let severity: Severity
  /// Threshold and switch.
  public private(set) var settings: TriggerSettings
  private var slots: [String: Slot] = [:]

  /// Makes a trigger that has not fired.
  public init(_ name: String, _ severity: Severity, _ settings: TriggerSettings) {
    self.name = name
    self.severity = severity
    self.settings = settings
  }

  /// False while something fires, so that its closing message cannot get lost.
  public var canBeForgotten: Bool { !slots.values.contains(where: \.isFiring) }

  /// Judges a reading, or all last readings by new settings: sorted by subject.
  public mutating func receive(_ input: Input, at now: Instant) -> Verdict<[Alert]> {
    switch input {
    case .reading(let reading):
      guard slots[reading.subject] != nil || slots.count < Self.subjectLimit else {
        return .drop(.keyLimit)
      }
      slots[reading.subject, default: Slot(reading: reading)].reading = reading
      return Self.verdict([judge(reading.subject)])
    case .settings(let settings):
      self.settings = settings
      return Self.verdict(slots.keys.sorted().map { judge($0) })
    }
  }

  private static func verdict(_ alerts: [Alert?]) -> Verdict<[Alert]> {
    let alerts = alerts.compactMap { $0 }
    return alerts.isEmpty ? .drop(.belowThreshold) : .pass(alerts, .changed)
  }

  private mutating func judge(_ subject: String) -> Alert? {
    guard let slot = slots[subject] else { return nil }
    let isBroken = settings.isEnabled ? settings.isBroken(by: slot.reading.number) : false
    guard let isBroken, isBroken || slot.isFiring else { return nil }
    slots[subject]?.isFiring = isBroken
    return Alert(
      name,
      severity,
      subject: subject,
      message: message(slot.reading, isBroken),
      value: slot.reading.number,
      phase: isBroken ? .firing : .resolved,
      labels: ["trigger": name]
    )
  }

  private func message(_ reading: TriggerReading, _ isBroken: Bool) -> String {
    if !settings.isEnabled { return "\(reading.words) The trigger was switched off." }
    let side = settings.isAbove ? "from" : "below"
    return "\(reading.words) \(isBroken ? "Fires" : "No longer fires") \(side) "
      + "\(settings.threshold.shortly)."
  }
}
