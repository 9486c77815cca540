/// What two books are compared by.
public enum BookTopic: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
  /// What is held.
  case positions
  /// Which orders are live.
  case orders
  /// What was traded.
  case fills
  /// How much of each currency there is.
  case cash

  public static func < (left: BookTopic, right: BookTopic) -> Bool { left.rank < right.rank }

  var rank: Int {
    switch self {
    case .positions: 0
    case .orders: 1
    case .fills: 2
    case .cash: 3
    }
  }
}

/// Names one thing that both books should agree about.
public struct DriftItem: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
  /// What it is.
  public var topic: BookTopic
  /// Which one: the symbol of a position, our id of an order (the venue's where we know none), the
  /// order and the fill as `order/fill`, the currency of cash, as `account/currency` where the
  /// account has a name. Empty for a query as a whole.
  public var id: String

  /// Makes a name.
  public init(_ topic: BookTopic, _ id: String) {
    self.topic = topic
    self.id = id
  }

  /// `orders o-17`; the topic alone for a query.
  public var description: String { id.isEmpty ? topic.rawValue : "\(topic.rawValue) \(id)" }

  public static func < (left: DriftItem, right: DriftItem) -> Bool {
    (left.topic, left.id) < (right.topic, right.id)
  }
}

extension Fill {
  /// The fill as an item: `order/fill`.
  public var driftItem: DriftItem { DriftItem(.fills, "\(order)/\(id)") }
}

extension AccountReport {
  /// A currency of the account as an item: `currency`, or `account/currency`.
  public func driftItem(_ currency: String) -> DriftItem {
    DriftItem(.cash, account.isEmpty ? currency : "\(account)/\(currency)")
  }
}
