#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import Tocsin

extension OrderFinding {
  /// The same as an alert: `order.overfill` and the like, about the order.
  public var alert: Alert {
    Alert(
      "order.\(kind.rawValue)",
      severity,
      subject: order,
      message: "Order \(order) (\(symbol)): \(kind.rawValue), after it was "
        + "\(state?.rawValue ?? "unknown").",
      labels: ["symbol": symbol]
    )
  }
}

extension OrderRecord {
  /// An alert when the order did not end as it should: `order.rejected`, `order.expired`, about the
  /// order. Nil for an order that was filled, or cancelled. Error when a part was filled.
  public var alert: Alert? {
    guard state == .rejected || state == .expired else { return nil }
    let whole = quantity.map { " of \($0)" } ?? ""
    return Alert(
      "order.\(state.rawValue)",
      filledQuantity > 0 ? .error : .warning,
      subject: order,
      message: "Order \(order) (\(symbol)) ended \(state.rawValue), "
        + "\(filledQuantity)\(whole) filled.",
      labels: ["symbol": symbol]
    )
  }
}
