/// What carries out the commands of a kill switch: your side, where orders are sent.
///
/// It is called on the lane, inside the turn in which the verdict falls, before anybody is notified
/// and before anything is saved. It must be quick and cannot throw: set an atomic flag that every
/// order looks at, and put cancel-alls into a queue that another task works off. Afterwards, from
/// anywhere, tell the monitor ``SafetyCommand/confirm(_:)`` when the command is carried out, or
/// ``SafetyCommand/controlFailed(_:because:)`` when it could not be; it is given again then, so the
/// same command twice must do no harm.
///
/// ```swift
/// final class Gate: TradingControl {
///   let mode = Atomic<Int>(2)
///   func command(_ mode: SafetyMode, because change: SafetyChange) { … }
/// }
/// ```
///
/// Begin closed: the monitor commands ``SafetyMode/active`` when it has begun, and not before.
public protocol TradingControl: Sendable {
  /// Changes what may be traded, at once.
  ///
  /// - Parameters:
  ///   - mode: What is allowed from now on.
  ///   - change: Why; its number is what ``SafetyCommand/confirm(_:)`` takes.
  func command(_ mode: SafetyMode, because change: SafetyChange)

  /// Changes how many orders may be sent while a circuit breaker is not closed, at once. Does
  /// nothing if you do not implement it.
  func breaker(_ change: BreakerChange)
}

extension TradingControl {
  /// Does nothing.
  public func breaker(_ change: BreakerChange) {}
}
