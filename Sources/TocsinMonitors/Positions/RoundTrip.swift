#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// A position from the fill that opened it to the fill that made it flat.
public struct RoundTrip: Hashable, Codable, Sendable, KeyedEvent {
  /// The symbol.
  public var symbol: String
  /// The strategy of the order that opened it; nil when its signal did not say.
  public var strategy: String?
  /// Buy for a long position, sell for a short one.
  public var side: Side
  /// How much was bought in all, for a long position; as much was sold.
  public var quantity: Decimal
  /// What the entries cost, at the multiplier of the instrument: Σ quantity × price.
  public var entryValue: Decimal
  /// What the exits brought, at the multiplier of the instrument.
  public var exitValue: Decimal
  /// What was paid in fees, by currency: positive is a cost.
  public var fees: [String: Decimal]
  /// When the first fill came, on our own clock.
  public var openedAt: Instant
  /// When the last fill came.
  public var closedAt: Instant

  /// The symbol.
  public var key: String { symbol }

  /// What was earned before fees, in the currency of the quotation: side × (exits − entries). Exact:
  /// nothing was divided.
  public var grossProfit: Decimal {
    side == .buy ? exitValue.minus(entryValue) : entryValue.minus(exitValue)
  }

  /// What was earned after the fees that were paid in a currency. Fees in other currencies are left
  /// out, because no rate is known here: look at ``fees``.
  public func netProfit(in currency: String) -> Decimal {
    grossProfit.minus(fees[currency, default: 0])
  }

  /// For how long something was held.
  public var holdingTime: Duration { openedAt.duration(to: closedAt) }
}
