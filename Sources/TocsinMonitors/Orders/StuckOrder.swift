public import Tocsin

/// An order that waits for too long, or that has gone on at last.
public struct StuckOrder: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Names one wait of one order.
  public struct Key: Hashable, Codable, Sendable {
    /// The order.
    public var order: String
    /// The change that is waited for; nil for the state.
    public var pending: PendingChange.Kind?
  }

  /// The order.
  public var order: String
  /// The symbol.
  public var symbol: String
  /// Where it stands.
  public var state: OrderState
  /// The change that was asked for and not answered; nil when the state itself lasts too long.
  public var pending: PendingChange.Kind?
  /// For how long, from when it came into the state or was asked.
  public var age: Duration
  /// Firing while it is stuck, resolved when something became of it.
  public var phase: Phase

  /// The order and what it waits for.
  public var key: Key { Key(order: order, pending: pending) }

  /// The same as an alert about the order: `order.stuck`, `order.cancelStuck` or
  /// `order.replaceStuck`. Error when it may be live at the broker otherwise than we want, warning
  /// when it was not sent, or rests.
  public var alert: Alert {
    let ended = "Order \(order) (\(symbol)) goes on after \(age.words)."
    return Alert(
      pending.map { "order.\($0.rawValue)Stuck" } ?? "order.stuck",
      isOnlyLate ? .warning : .error,
      subject: order,
      message: phase == .firing ? words : ended,
      value: age.inSeconds,
      phase: phase,
      labels: ["symbol": symbol]
    )
  }

  private var isOnlyLate: Bool {
    pending == nil && state != .submitted && state != .unconfirmed
  }

  private var words: String {
    if let pending {
      return "Order \(order) (\(symbol)) waits for its \(pending.rawValue) for \(age.words); it "
        + "is \(state.rawValue), and may trade."
    }
    return "Order \(order) (\(symbol)) is \(state.rawValue) for \(age.words) without an answer."
  }
}
