#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The live orders of both books, each with the one it is in the other.
///
/// Orders are the same when both books have them under our id, else when they have one venue id,
/// else when one book's id is the venue id of the other: a broker's book that does not know our id
/// has the venue's in its place. What is left is in one book only. O(n log n).
struct OrderMatching {
  struct Pair {
    var local: OpenOrder?
    var broker: OpenOrder?
    /// False when one of them is twice in its report, or has a number that cannot be.
    var isValid = true

    /// Our id, or the broker's where we do not have the order.
    var id: String { local?.order ?? broker?.order ?? "" }
    var symbol: String { local?.symbol ?? broker?.symbol ?? "" }
  }

  private(set) var pairs: [Pair] = []

  init(local: [OpenOrder], broker: [OpenOrder]) {
    let mine = Side(local)
    var theirs = Side(broker)
    let ours = mine.orders.values.sorted { $0.order < $1.order }
    var rest: [OpenOrder] = []
    for order in ours {
      if let same = theirs.take(id: order.order) {
        add(order, same, mine, theirs)
      } else {
        rest.append(order)
      }
    }
    for order in rest { add(order, theirs.take(like: order), mine, theirs) }
    for order in theirs.orders.values { add(nil, order, mine, theirs) }
    pairs.sort { $0.id < $1.id }
  }

  private mutating func add(_ local: OpenOrder?, _ broker: OpenOrder?, _ mine: Side, _ theirs: Side)
  {
    let isValid =
      !(local.map { mine.invalid.contains($0.order) } ?? false)
      && !(broker.map { theirs.invalid.contains($0.order) } ?? false)
    pairs.append(Pair(local: local, broker: broker, isValid: isValid))
  }
}

extension OrderMatching {
  /// The orders of one book by their ids.
  fileprivate struct Side {
    private(set) var orders: [String: OpenOrder] = [:]
    private(set) var invalid: Set<String> = []
    private var venues: [String: String] = [:]

    init(_ list: [OpenOrder]) {
      for order in list {
        if orders[order.order] != nil || !order.isPossible { invalid.insert(order.order) }
        orders[order.order] = orders[order.order] ?? order
        guard let venue = order.venueOrder else { continue }
        if let other = venues[venue], other != order.order {
          invalid.formUnion([other, order.order])
        }
        venues[venue] = order.order
      }
    }

    mutating func take(id: String) -> OpenOrder? { orders.removeValue(forKey: id) }

    /// The order that is the same by the venue's id.
    mutating func take(like order: OpenOrder) -> OpenOrder? {
      let byVenue = order.venueOrder.flatMap { venues[$0] }.flatMap { take(id: $0) }
      if let byVenue { return byVenue }
      if let named = order.venueOrder.flatMap({ take(id: $0) }) { return named }
      return venues[order.order].flatMap { take(id: $0) }
    }
  }
}

extension OpenOrder {
  /// Whether its numbers can be those of a live order.
  fileprivate var isPossible: Bool {
    quantity.isUsable && quantity > 0 && filledQuantity.isUsable && filledQuantity >= 0
      && limitPrice?.isUsable ?? true
  }

  /// What of it is still to be traded.
  var remainingQuantity: Decimal { max(0, quantity - filledQuantity) }
}
