/// What may be told to a ``TriggerBoard`` from anywhere, through its outlet `commands`.
public enum TriggerCommand: Hashable, Sendable {
  /// Sets a threshold.
  case set(threshold: Double, for: String)
  /// Switches a trigger on.
  case enable(String)
  /// Switches a trigger off.
  case disable(String)

  /// The trigger it is for.
  public var trigger: String {
    switch self {
    case .set(_, let name), .enable(let name), .disable(let name): name
    }
  }

  /// Changes settings; false when the number is none.
  func change(_ settings: inout TriggerSettings) -> Bool {
    switch self {
    case .set(let threshold, _):
      guard threshold.isFinite else { return false }
      settings.threshold = threshold
    case .enable: settings.isEnabled = true
    case .disable: settings.isEnabled = false
    }
    return true
  }
}
