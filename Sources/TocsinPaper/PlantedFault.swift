public import Tocsin

/// A fault that a paper session contains on purpose: what monitoring has to find.
public struct PlantedFault: Hashable, Sendable {
  /// What goes wrong.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
    /// The broker rejects an order.
    case rejection
    /// The broker acknowledges an order only after 15 to 120 seconds.
    case slowAcknowledgement
    /// Sending an order times out after five seconds; it is acknowledged 20 to 90 seconds later.
    case unconfirmedOrder
    /// Only a part of an order is filled, and the rest expires at the close.
    case partialFill
    /// The broker fills an order and books it, but the fill is told only 40 to 150 minutes later.
    case lostFill
    /// The broker's position differs in quantity for 65 to 180 minutes.
    case bookedQuantity
    /// The broker's position differs in its average price, by 2 to 5 %, for 65 to 180 minutes.
    case bookedPrice
    /// The broker's cash is lower, by 2 % and a dollar, for 65 to 180 minutes.
    case bookedCash
    /// The ticks and quotes of a symbol stop for 20 to 60 minutes.
    case feedGap
    /// The heartbeats of the broker stop for 10 to 30 minutes.
    case heartbeatLoss
  }

  /// What goes wrong.
  public var kind: Kind
  /// The symbol; empty for ``Kind/heartbeatLoss``, which is about the broker, and the currency for
  /// ``Kind/bookedCash``.
  public var symbol: String
  /// The order, when the fault is one of an order.
  public var order: String?
  /// When it begins.
  public var from: Instant
  /// When it has ended. A monitor learns of it with the next event or report.
  public var to: Instant

  /// Makes a fault.
  public init(_ kind: Kind, symbol: String, order: String? = nil, from: Instant, to: Instant) {
    self.kind = kind
    self.symbol = symbol
    self.order = order
    self.from = from
    self.to = to
  }
}
