import Foundation
import Tocsin
import TocsinMonitors
import TocsinPaper

/// A fault as the finder sees it in the events alone.
struct FoundFault: Hashable {
  var kind: PlantedFault.Kind
  var symbol: String
  var order: String?
}

/// Finds faults by looking at the events, in the plainest way: the model that planted faults are
/// compared with. It knows the spacings but nothing of the plan.
struct FaultFinder {
  /// What was found, and when it was seen.
  private(set) var found: [(fault: FoundFault, at: Instant)] = []

  private var lastTick: [String: Instant] = [:]
  private var lastHeartbeat: Instant?
  private var submitted: [String: Instant] = [:]
  private var open: [String: Decimal] = [:]
  private var local: [Position] = []
  private var localOrders: [OpenOrder] = []
  private var localCash: [Balance] = []
  private var areHoldingsEqual = true

  mutating func see(_ record: Recorded<TradingEvent>) {
    let now = record.instant
    switch record.event {
    case .tick(let tick):
      let before = lastTick.updateValue(now, forKey: tick.symbol)
      if isPause(before, now, 182.1) { note(.feedGap, tick.symbol, nil, now) }
    case .heartbeat:
      if isPause(lastHeartbeat, now, 60.5) { note(.heartbeatLoss, "", nil, now) }
      lastHeartbeat = now
    case .order(let event): see(event, now)
    case .positions(let report): see(report, now)
    case .orders(let report): see(report, now)
    case .account(let report): see(report, now)
    default: break
    }
  }

  private mutating func note(
    _ kind: PlantedFault.Kind,
    _ symbol: String,
    _ order: String?,
    _ now: Instant
  ) {
    found.append((FoundFault(kind: kind, symbol: symbol, order: order), now))
  }

  /// True when both are on one day and too far apart.
  private func isPause(_ before: Instant?, _ now: Instant, _ seconds: Double) -> Bool {
    guard let before else { return false }
    let apart = before.duration(to: now)
    return apart > .seconds(seconds) && apart < .seconds(8 * 3600)
  }

  private mutating func see(_ event: OrderEvent, _ now: Instant) {
    switch event.kind {
    case .signalled(_, let quantity, _, _, _): open[event.order] = quantity
    case .submitted: submitted[event.order] = now
    case .unconfirmed: note(.unconfirmedOrder, event.symbol, event.order, now)
    case .acknowledged:
      let waited = submitted[event.order].map { $0.duration(to: now) } ?? .zero
      if waited > .seconds(1) { note(.slowAcknowledgement, event.symbol, event.order, now) }
    case .filled(let quantity, _, _, _): open[event.order, default: 0] -= quantity
    case .rejected: note(.rejection, event.symbol, event.order, now)
    case .cancelled, .expired: note(.partialFill, event.symbol, event.order, now)
    default: break
    }
  }

  private mutating func see(_ report: PositionReport, _ now: Instant) {
    guard report.book == .broker else { return local = report.positions }
    areHoldingsEqual = true
    for symbol in Set((local + report.positions).map(\.symbol)) {
      let ours = local.first { $0.symbol == symbol }
      let theirs = report.positions.first { $0.symbol == symbol }
      if ours?.quantity != theirs?.quantity {
        areHoldingsEqual = false
        note(.bookedQuantity, symbol, nil, now)
      } else if ours?.averagePrice != theirs?.averagePrice {
        note(.bookedPrice, symbol, nil, now)
      }
    }
  }

  /// An order that is live in one book only, or not filled as far, was filled without our knowing.
  private mutating func see(_ report: OrderReport, _ now: Instant) {
    guard report.book == .broker else { return localOrders = report.orders }
    for order in Set(localOrders).symmetricDifference(report.orders) {
      note(.bookedQuantity, order.symbol, nil, now)
    }
  }

  /// Other cash goes with other holdings, or is a fault of its own.
  private mutating func see(_ report: AccountReport, _ now: Instant) {
    guard report.book == .broker else { return localCash = report.balances }
    guard areHoldingsEqual, localCash != report.balances else { return }
    note(.bookedCash, "USD", nil, now)
  }
}

extension PlantedFault {
  /// The fault as a finder sees it: a lost fill shows as a different quantity.
  var visible: FoundFault {
    let isBooking = kind == .lostFill
    return FoundFault(
      kind: isBooking ? .bookedQuantity : kind,
      symbol: symbol,
      order: isBooking ? nil : order
    )
  }

  /// True when what was found at `instant` may be this fault: an end is seen with the next event.
  func covers(_ instant: Instant) -> Bool {
    from <= instant && instant <= to.advanced(by: .seconds(183))
  }
}
