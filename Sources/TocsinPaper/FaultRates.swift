/// How often a paper session goes wrong. Every number counts cases of 1000.
public struct FaultRates: Hashable, Sendable {
  /// The kinds that befall orders, with the share of orders; at most one befalls an order.
  public var ofOrders: [PlantedFault.Kind: Int]
  /// Feed gaps, of the days of a symbol.
  public var feedGaps: Int
  /// Heartbeat losses, of days.
  public var heartbeatLosses: Int
  /// Each kind of different booking, of the days on which a symbol is held and not traded; of cash,
  /// of all days.
  public var bookings: Int

  /// Makes rates. Kinds in `ofOrders` that do not befall orders are not used.
  public init(
    ofOrders: [PlantedFault.Kind: Int],
    feedGaps: Int,
    heartbeatLosses: Int,
    bookings: Int
  ) {
    self.ofOrders = ofOrders
    self.feedGaps = feedGaps
    self.heartbeatLosses = heartbeatLosses
    self.bookings = bookings
  }

  /// A bad broker: of a year's hundred orders about twenty go wrong.
  public static let standard = FaultRates(
    ofOrders: [
      .rejection: 40, .slowAcknowledgement: 60, .unconfirmedOrder: 30, .partialFill: 50,
      .lostFill: 40,
    ],
    feedGaps: 15,
    heartbeatLosses: 20,
    bookings: 10
  )

  /// A day without faults, for telling false alarms from true ones.
  public static let none = FaultRates(ofOrders: [:], feedGaps: 0, heartbeatLosses: 0, bookings: 0)

  /// The kinds that befall orders, in the order in which they are drawn.
  static let orderKinds: [PlantedFault.Kind] = [
    .rejection, .slowAcknowledgement, .unconfirmedOrder, .partialFill, .lostFill,
  ]

  /// The fault of one order, if any.
  func drawForOrder(_ generator: inout SeededGenerator) -> PlantedFault.Kind? {
    var left = generator.number(0...999)
    for kind in FaultRates.orderKinds {
      left -= Int64(ofOrders[kind] ?? 0)
      if left < 0 { return kind }
    }
    return nil
  }
}
