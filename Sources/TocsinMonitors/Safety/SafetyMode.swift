/// What the kill switch lets a trading system do. `active < reducing < halted`: each is stricter
/// than the one before.
public enum SafetyMode: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
  /// Trading as usual.
  case active
  /// Only orders that make positions smaller.
  case reducing
  /// No orders at all; what is open is to be cancelled.
  case halted

  private var rank: Int {
    switch self {
    case .active: 0
    case .reducing: 1
    case .halted: 2
    }
  }

  public static func < (left: SafetyMode, right: SafetyMode) -> Bool { left.rank < right.rank }

  /// Whether the kill switch is engaged: anything but ``active``.
  public var isEngaged: Bool { self != .active }
}
