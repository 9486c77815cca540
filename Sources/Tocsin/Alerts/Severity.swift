/// How bad something is. `info < warning < error < critical`.
@frozen
public enum Severity: UInt8, Comparable, CaseIterable, Codable, Hashable, Sendable {
  /// Worth knowing; nobody has to act.
  case info
  /// Somebody should look at it in working hours.
  case warning
  /// Something is broken; somebody should act soon.
  case error
  /// Money is at risk now. No overflow policy ever drops it.
  case critical

  @inlinable
  @inline(__always)
  public static func < (left: Severity, right: Severity) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The next worse severity; `critical` stays `critical`.
  @inlinable public var raised: Severity { Severity(rawValue: rawValue + 1) ?? .critical }
}

extension Severity: CustomStringConvertible {
  /// The word used in logs, traces, files and on the screen.
  public var description: String {
    switch self {
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    case .critical: "critical"
    }
  }
}
