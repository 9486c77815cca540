/// How long an order may wait in each state before it counts as stuck. Nil for as long as it likes.
public struct StuckLimits: Hashable, Codable, Sendable {
  /// Wanted by a strategy and not sent. Default: 5 s.
  public var signalled: Duration? = .seconds(5)
  /// Sent and not answered. Default: 10 s.
  public var submitted: Duration? = .seconds(10)
  /// Sent with unknown outcome. Default: 10 s.
  public var unconfirmed: Duration? = .seconds(10)
  /// Asked to cancel and not answered. Default: 10 s.
  public var pendingCancel: Duration? = .seconds(10)
  /// Asked to replace and not answered. Default: 10 s.
  public var pendingReplace: Duration? = .seconds(10)
  /// Live at the broker, since the last step between acknowledged and the first fill. Default: nil,
  /// because a limit order may rest for weeks.
  public var resting: Duration?

  /// The defaults.
  public init() {}

  /// One limit for all but resting orders.
  public static func all(_ limit: Duration) -> StuckLimits {
    var limits = StuckLimits()
    limits.signalled = limit
    limits.submitted = limit
    limits.unconfirmed = limit
    limits.pendingCancel = limit
    limits.pendingReplace = limit
    return limits
  }

  func limit(for state: OrderState) -> Duration? {
    switch state {
    case .signalled: signalled
    case .submitted: submitted
    case .unconfirmed: unconfirmed
    case .acknowledged, .partiallyFilled: resting
    case .filled, .rejected, .cancelled, .expired: nil
    }
  }

  func limit(for pending: PendingChange.Kind) -> Duration? {
    pending == .cancel ? pendingCancel : pendingReplace
  }
}
