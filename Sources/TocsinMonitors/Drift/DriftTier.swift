public import Tocsin

/// How bad a difference between the books is. `minor < moderate < critical`.
public enum DriftTier: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
  /// May be reconciled automatically.
  case minor
  /// A person should look at it.
  case moderate
  /// Trading should halt.
  case critical

  private var rank: Int {
    switch self {
    case .minor: 0
    case .moderate: 1
    case .critical: 2
    }
  }

  public static func < (left: DriftTier, right: DriftTier) -> Bool { left.rank < right.rank }

  /// The severity of an alert about it: info, warning, critical.
  public var severity: Severity {
    switch self {
    case .minor: .info
    case .moderate: .warning
    case .critical: .critical
    }
  }
}
