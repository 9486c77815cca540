import Tocsin

/// The conditions that hold, each with the mode it asks for.
struct HeldCauses: Hashable, Codable, Sendable {
  private struct Held: Hashable, Codable, Sendable {
    var mode: SafetyMode
    /// Whether a person has forced a reset while it held.
    var isOverridden = false
  }

  static let limit = 1_000

  private var held: [SafetyCause: Held] = [:]
  /// Conditions were too many to be remembered. Until a forced reset.
  private(set) var hasOverflowed = false

  var causes: [SafetyCause] { held.keys.sorted() }

  /// Notes that a cause holds; false when a person has overridden it and it asks for no more.
  mutating func begin(_ cause: SafetyCause, _ mode: SafetyMode) -> Bool {
    guard let known = held[cause] else {
      if held.count < Self.limit { held[cause] = Held(mode: mode) } else { hasOverflowed = true }
      return true
    }
    if known.isOverridden && mode <= known.mode { return false }
    held[cause] = Held(mode: mode)
    return true
  }

  /// Notes that a cause has ended; false when it did not hold.
  mutating func end(_ cause: SafetyCause) -> Bool { held.removeValue(forKey: cause) != nil }

  /// The causes that ask for more than a mode and were not overridden, sorted.
  func stricter(than mode: SafetyMode) -> [SafetyCause] {
    held.filter { $0.value.mode > mode && !$0.value.isOverridden }.keys.sorted()
  }

  /// Overrides what asks for more than a mode.
  mutating func override(stricterThan mode: SafetyMode) {
    hasOverflowed = false
    for cause in stricter(than: mode) { held[cause]?.isOverridden = true }
  }
}
