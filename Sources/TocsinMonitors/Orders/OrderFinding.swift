public import Tocsin

/// Something in the events of an order that should not be.
public struct OrderFinding: Hashable, Codable, Sendable, KeyedEvent {
  /// What is wrong.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
    /// The first event of the order was not its signal. The order is followed from here on.
    case unknownOrder
    /// The same step, or the same fill id, again. Nothing was counted twice.
    case duplicate
    /// A step came after one that should follow it. It was taken for what it is still good for.
    case outOfOrder
    /// A step other than a fill came after the order had ended. It was ignored.
    case stepAfterEnd
    /// A fill came after the order had ended, for instance while a cancel was on its way. The
    /// quantity was counted: the position is real.
    case fillAfterEnd
    /// More was filled than ordered. The quantity was counted: the position is real.
    case overfill
    /// The venue gave more quantity to an order that we took for filled: it may be live, and we do
    /// not follow it any more.
    case mayBeLive
    /// A rejection came though a part was filled. The order ended; the fills were kept.
    case rejectedAfterFill
    /// A quantity or price that is not a number, or a quantity of zero or less. It was ignored.
    case invalid
    /// The order has another symbol than before. The event was ignored.
    case symbolChanged
    /// There are too many open orders; this one is not followed.
    case tooManyOrders
  }

  /// Names one kind of finding about one order.
  public struct Key: Hashable, Codable, Sendable {
    /// The order.
    public var order: String
    /// What is wrong.
    public var kind: Kind
  }

  /// The order.
  public var order: String
  /// The symbol, as the event has it.
  public var symbol: String
  /// What is wrong.
  public var kind: Kind
  /// Where the order was before the event; nil when it was unknown.
  public var state: OrderState?

  /// The order and what is wrong.
  public var key: Key { Key(order: order, kind: kind) }

  /// Error where money moved unexpectedly or an order is not followed, warning otherwise; info for
  /// repeats.
  public var severity: Severity {
    switch kind {
    case .duplicate: .info
    case .unknownOrder, .outOfOrder, .stepAfterEnd, .rejectedAfterFill: .warning
    case .fillAfterEnd, .overfill, .mayBeLive, .invalid, .symbolChanged, .tooManyOrders: .error
    }
  }
}
