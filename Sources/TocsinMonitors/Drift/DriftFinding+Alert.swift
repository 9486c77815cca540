#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

extension DriftFinding {
  /// What the broker has less what we have: what has to be added to our book to make them equal.
  ///
  /// Of quantities: held, ordered, filled, traded or in the account; nothing counts as 0. Of prices
  /// where these are different, and 0 where one of them is a market order.
  public var difference: Decimal {
    if kind.isAboutPrice {
      guard let mine = local?.price, let theirs = broker?.price else { return 0 }
      return theirs - mine
    }
    return amount(broker) - amount(local)
  }

  /// The same as an alert: `drift.quantityMismatch` and the like, about the item.
  ///
  /// The subject is the id of the item; that of a failed query is empty for positions, and the topic
  /// for others; that of what does not converge is the topic and the id.
  public var alert: Alert {
    var labels = ["tier": tier.rawValue]
    if topic != .positions { labels["topic"] = topic.rawValue }
    if topic != .positions, !symbol.isEmpty { labels["symbol"] = symbol }
    return Alert(
      "drift.\(kind.rawValue)",
      severity,
      subject: subject,
      message: message,
      value: difference.double,
      phase: phase,
      labels: labels
    )
  }

  private func amount(_ value: DriftValue?) -> Decimal {
    guard let value else { return 0 }
    return kind == .orderFilledMismatch ? value.order?.filledQuantity ?? 0 : value.quantity
  }

  private var subject: String {
    if kind == .notConverging { return "\(item)" }
    guard kind.isAboutQuery else { return item.id }
    return item.topic == .positions ? item.id : "\(item)"
  }

  private var message: String {
    guard phase == .firing else {
      return "\(subject.isEmpty ? kind.rawValue : "\(subject) \(kind.rawValue)"): resolved."
    }
    return switch kind {
    case .localQueryFailed: "Our own \(book) could not be read in full: drift is unknown."
    case .brokerQueryFailed: "The broker's \(book) could not be read in full: drift is unknown."
    case .invalidReport:
      "\(item.id) is twice in a report, or has a number that cannot be: it was not compared."
    case .notConverging: "\(item) did not converge: no more proposals until it is reset or gone."
    default: comparison
    }
  }

  private var book: String {
    let topic = topic == .positions ? "book" : topic.rawValue
    return account.isEmpty ? topic : "\(topic) of \(account)"
  }

  private var comparison: String {
    switch kind {
    case .priceMismatch, .orderLimitMismatch:
      "\(title): price \(price(local)) here, \(price(broker)) at the broker."
    case .missingOrder: "\(title) is live here, and not at the broker."
    case .unexpectedOrder: "\(title) is live at the broker, and not here."
    case .contradictedOrder: "\(title) has another symbol or side at the broker."
    case .missingFill: "\(title) is booked at the broker, and not here."
    case .unexpectedFill: "\(title) is booked here, and not at the broker."
    case .fillMismatch: "\(title): \(words(local)) here, \(words(broker)) at the broker."
    case .orderFilledMismatch:
      "\(title): \(amount(local)) filled here, \(amount(broker)) at the broker."
    default: "\(title): \(amount(local)) here, \(amount(broker)) at the broker."
    }
  }

  private var title: String {
    switch topic {
    case .positions, .cash: item.id
    case .orders: "Order \(item.id) (\(symbol))"
    case .fills: "Fill \(item.id) (\(symbol))"
    }
  }

  private func price(_ value: DriftValue?) -> String { value?.price.map { "\($0)" } ?? "none" }

  private func words(_ value: DriftValue?) -> String {
    guard let fill = value?.fill else { return "nothing" }
    return "\(fill.side.rawValue) \(fill.quantity) \(fill.symbol) at \(fill.price)"
  }
}
