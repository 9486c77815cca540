import Foundation
import Tocsin

@testable import TocsinMonitors

/// A book kept by fills: ours or the broker's.
struct PaperLedger {
  struct Booked {
    var fill: Fill
    var instant: Double
  }

  var fills: [String: Booked] = [:]
  var orders: [String: OpenOrder] = [:]
  /// Orders that ended: what comes later does not bring them back.
  var ended: Set<String> = []
  var adjustments: [String: Decimal] = [:]
  var cashAdjustment: Decimal = 0

  /// Books a fill once, by its id.
  mutating func book(_ fill: Fill, at seconds: Double) {
    let id = fill.driftItem.id
    guard fills[id] == nil else { return }
    fills[id] = Booked(fill: fill, instant: seconds)
    orders[fill.order]?.filledQuantity += fill.quantity
    if let order = orders[fill.order], order.filledQuantity >= order.quantity { end(fill.order) }
  }

  mutating func end(_ order: String) {
    orders[order] = nil
    ended.insert(order)
  }

  var quantities: [String: Decimal] {
    var quantities = adjustments
    for booked in fills.values {
      let fill = booked.fill
      quantities[fill.symbol, default: 0] += Decimal(fill.side.sign) * fill.quantity
    }
    return quantities.filter { $0.value != 0 }
  }

  var cash: Decimal {
    fills.values.reduce(cashAdjustment) { sum, booked in
      sum - Decimal(booked.fill.side.sign) * booked.fill.quantity * booked.fill.price
    }
  }

  func answer(_ request: BookRequest) -> TradingEvent {
    switch request.topic {
    case .positions:
      let positions = quantities.map { position($0.key, $0.value, at: 1) }
      return .positions(PositionReport(book: request.book, positions: positions))
    case .orders:
      return .orders(OrderReport(book: request.book, orders: Array(orders.values)))
    case .fills:
      let since = request.since ?? .distantPast
      let known = fills.values.filter { at($0.instant) >= since }.map(\.fill)
      return .fills(FillReport(book: request.book, since: since, fills: known))
    case .cash:
      let balance = Balance(currency: "USD", total: 10_000 + cash)
      return .account(AccountReport(book: request.book, balances: [balance]))
    }
  }

  /// Carries a proposal out as its documentation says: compare, then set.
  mutating func apply(_ proposal: ReconciliationProposal, at seconds: Double)
    -> ProposalOutcome.Result
  {
    let now = value(proposal)
    if now == proposal.to { return .applied }
    guard now == proposal.from else { return .refused(reason: "The book has something else.") }
    switch proposal.item.topic {
    case .positions:
      let gap = (proposal.to?.quantity ?? 0) - (proposal.from?.quantity ?? 0)
      adjustments[proposal.symbol, default: 0] += gap
    case .orders: orders[proposal.item.id] = proposal.to?.order
    case .fills:
      if let fill = proposal.to?.fill {
        book(fill, at: seconds)
      } else {
        fills[proposal.item.id] = nil
      }
    case .cash:
      cashAdjustment += (proposal.to?.quantity ?? 0) - (proposal.from?.quantity ?? 0)
    }
    if proposal.item.topic == .orders, proposal.to == nil { ended.insert(proposal.item.id) }
    return .applied
  }

  private func value(_ proposal: ReconciliationProposal) -> DriftValue? {
    switch proposal.item.topic {
    case .positions:
      quantities[proposal.symbol].map { .position(position(proposal.symbol, $0, at: 1)) }
    case .orders: orders[proposal.item.id].map { .order($0) }
    case .fills: fills[proposal.item.id].map { .fill($0.fill) }
    case .cash: .balance(Balance(currency: "USD", total: 10_000 + cash))
    }
  }
}

extension TradingEvent {
  /// The same report, as the answer to the question of an instant.
  func answering(_ asked: Instant) -> TradingEvent {
    switch self {
    case .positions(var report):
      report.answers = asked
      return .positions(report)
    case .orders(var report):
      report.answers = asked
      return .orders(report)
    case .fills(var report):
      report.answers = asked
      return .fills(report)
    case .account(var report):
      report.answers = asked
      return .account(report)
    default: return self
    }
  }

  /// The same report, said to be a part: without its first half.
  var partial: TradingEvent {
    switch self {
    case .positions(var report):
      report.positions.removeFirst(report.positions.count / 2)
      report.isComplete = false
      return .positions(report)
    case .orders(var report):
      report.orders.removeFirst(report.orders.count / 2)
      report.isComplete = false
      return .orders(report)
    case .fills(var report):
      report.fills.removeFirst(report.fills.count / 2)
      report.isComplete = false
      return .fills(report)
    case .account(var report):
      report.balances = []
      report.isComplete = false
      return .account(report)
    default: return self
    }
  }
}
