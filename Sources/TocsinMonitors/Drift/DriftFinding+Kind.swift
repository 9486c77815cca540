extension DriftFinding {
  /// What is different.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
    /// Both hold it, but not as much.
    case quantityMismatch
    /// Both hold it, at another average price.
    case priceMismatch
    /// Only the broker holds it.
    case unknownPosition
    /// Only we believe to hold it.
    case ghostPosition
    /// We believe that the order is live; the broker does not have it.
    case missingOrder
    /// Only the broker has the order.
    case unexpectedOrder
    /// Both have the order, for another quantity.
    case orderQuantityMismatch
    /// Both have the order, with another limit.
    case orderLimitMismatch
    /// Both have the order, and not the same of it is filled.
    case orderFilledMismatch
    /// Both have an order of this id, but not of the same symbol and side.
    case contradictedOrder
    /// The broker has the fill; we do not.
    case missingFill
    /// Only we have the fill.
    case unexpectedFill
    /// Both have the fill, but not of the same symbol, side, quantity and price.
    case fillMismatch
    /// Not the same amount of the currency.
    case cashMismatch
    /// A report has the item twice, or a quantity or price that cannot be. It was not compared.
    case invalidReport
    /// The query of our own book failed or was partial. Nothing was compared.
    case localQueryFailed
    /// The query of the broker failed or was partial. Nothing was compared.
    case brokerQueryFailed
    /// The difference came back after as many proposals as are allowed. No more are made.
    case notConverging

    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }

    /// True for a query that failed.
    var isAboutQuery: Bool { self == .localQueryFailed || self == .brokerQueryFailed }

    /// True for what a fill on its way cannot explain.
    var isAboutReports: Bool { isAboutQuery || self == .invalidReport }

    /// True where the price is different, not the quantity.
    var isAboutPrice: Bool { self == .priceMismatch || self == .orderLimitMismatch }
  }
}
