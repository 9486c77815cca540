#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The best bid and ask that an order met, or why they are not known.
public enum Touch: Hashable, Codable, Sendable {
  /// Both sides, the ask not below the bid.
  case quoted(bid: Decimal, ask: Decimal)
  /// There was no quote, or none to trust.
  case unknown(Measured.Cause)

  /// The price at which a side trades at once: the ask for a buyer, the bid for a seller.
  public func price(for side: Side) -> Decimal? {
    guard case .quoted(let bid, let ask) = self else { return nil }
    return side == .buy ? ask : bid
  }

  /// Half way between bid and ask.
  public var mid: Decimal? {
    guard case .quoted(let bid, let ask) = self else { return nil }
    return (bid + ask) / 2
  }

  /// The mid as a `Double`, the nearest one for prices of ordinary length.
  var middle: Double? {
    guard case .quoted(let bid, let ask) = self else { return nil }
    return bid.plus(ask).double / 2
  }

  /// Why it is not known; nil when it is.
  public var cause: Measured.Cause? {
    if case .unknown(let cause) = self { cause } else { nil }
  }
}
