import Foundation
import Tocsin

@testable import TocsinMonitors

/// An order from `order("o", 10, at: 5)`.
func order(
  _ id: String,
  _ quantity: Decimal = 1,
  at limit: Decimal? = 10,
  venue: String? = nil,
  filled: Decimal = 0,
  symbol: String = "A",
  side: Side = .buy
) -> OpenOrder {
  OpenOrder(
    order: id,
    venueOrder: venue,
    symbol: symbol,
    side: side,
    quantity: quantity,
    filledQuantity: filled,
    limitPrice: limit
  )
}

func trade(
  _ id: String,
  _ quantity: Decimal = 1,
  at price: Decimal = 10,
  order: String = "o",
  symbol: String = "A",
  side: Side = .buy
) -> Fill {
  Fill(id: id, order: order, symbol: symbol, side: side, quantity: quantity, price: price)
}

func told(_ fill: Fill) -> TradingEvent {
  .order(
    OrderEvent(
      order: fill.order,
      symbol: fill.symbol,
      kind: .filled(quantity: fill.quantity, price: fill.price, fill: fill.id)
    )
  )
}

extension DriftFinding {
  /// `orders o missingOrder moderate`, with `gone` when it is.
  var words: String { "\(item) \(kind) \(tier)\(phase == .firing ? "" : " gone")" }
}

extension ReconciliationProposal {
  /// `positions A 1 → 2`, with the reason of its withdrawal.
  var words: String {
    func text(_ value: DriftValue?) -> String { value.map { "\($0.quantity)" } ?? "nothing" }
    let change = "\(item) \(text(from)) → \(text(to))"
    return withdrawal.map { "\(change) \($0)" } ?? change
  }
}

/// A desk driven by hand in virtual time; keeps what it tells.
struct DeskBench {
  var desk: DriftDesk
  var findings: [String] = []
  var proposals: [ReconciliationProposal] = []
  var requests: [BookRequest] = []
  var requestedAt: [Double] = []

  init(_ settings: DriftDesk.Settings = .init(), restoring state: DriftState? = nil) {
    desk = DriftDesk(settings, restoring: state)
  }

  mutating func start(at seconds: Double = 0) { desk.start(at: at(seconds)) }

  mutating func advance(to seconds: Double) {
    while desk.nextDeadline <= at(seconds) {
      let instant = desk.nextDeadline
      let news = desk.expire(at: instant)
      take(news, at: Double(instant.nanoseconds) / 1e9)
    }
  }

  mutating func send(_ event: TradingEvent, at seconds: Double) {
    advance(to: seconds)
    let news: DriftNews? =
      switch event {
      case .order(let order): desk.receive(order, at: at(seconds))
      case .positions(let report): desk.receive(report, at: at(seconds))
      case .orders(let report): desk.receive(report, at: at(seconds))
      case .fills(let report): desk.receive(report, at: at(seconds))
      case .account(let report): desk.receive(report, at: at(seconds))
      default: nil
      }
    if let news { take(news, at: seconds) }
  }

  mutating func send(_ outcome: ProposalOutcome, at seconds: Double) {
    advance(to: seconds)
    take(desk.receive(outcome, at: at(seconds)), at: seconds)
  }

  mutating func send(_ command: DriftCommand, at seconds: Double) {
    advance(to: seconds)
    take(desk.receive(command, at: at(seconds)), at: seconds)
  }

  /// Sends the positions of both books.
  mutating func positions(
    _ local: [Position],
    _ broker: [Position]?,
    at seconds: Double
  ) {
    send(.positions(report(.local, local)), at: seconds)
    let theirs = report(.broker, broker ?? [], isComplete: broker != nil)
    send(.positions(theirs), at: seconds)
  }

  mutating func orders(_ local: [OpenOrder], _ broker: [OpenOrder]?, at seconds: Double) {
    send(.orders(OrderReport(book: .local, orders: local)), at: seconds)
    let theirs = OrderReport(book: .broker, orders: broker ?? [], isComplete: broker != nil)
    send(.orders(theirs), at: seconds)
  }

  mutating func fills(
    _ local: [Fill],
    _ broker: [Fill]?,
    since: Double = 0,
    at seconds: Double
  ) {
    send(.fills(FillReport(book: .local, since: at(since), fills: local)), at: seconds)
    let isComplete = broker != nil
    let theirs = FillReport(
      book: .broker,
      since: at(since),
      fills: broker ?? [],
      isComplete: isComplete
    )
    send(.fills(theirs), at: seconds)
  }

  mutating func cash(
    _ local: [String: Decimal],
    _ broker: [String: Decimal]?,
    account: String = "",
    at seconds: Double
  ) {
    for (book, cash) in [(Book.local, Optional(local)), (.broker, broker)] {
      let balances = (cash ?? [:]).map { Balance(currency: $0.key, total: $0.value) }
      let report = AccountReport(
        book: book,
        account: account,
        balances: balances,
        isComplete: cash != nil
      )
      send(.account(report), at: seconds)
    }
  }

  private mutating func take(_ news: DriftNews, at seconds: Double) {
    findings += news.findings.map(\.words)
    proposals += news.proposals
    requests += news.requests
    requestedAt += news.requests.map { _ in seconds }
  }

  mutating func takeFindings() -> [String] {
    defer { findings = [] }
    return findings
  }

  mutating func takeProposals() -> [ReconciliationProposal] {
    defer { proposals = [] }
    return proposals
  }

  /// Everything asked since the last call: `60 broker positions interval`.
  mutating func takeRequests() -> [String] {
    defer { (requests, requestedAt) = ([], []) }
    return zip(requestedAt, requests).map { seconds, request in
      "\(seconds.formatted) \(request.book) \(request.topic) \(request.reason)"
    }
  }
}

extension Double {
  fileprivate var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}

/// A desk that nobody answers: reports just come.
func passive(_ change: (inout DriftDesk.Settings) -> Void = { _ in }) -> DeskBench {
  var settings = DriftDesk.Settings()
  settings.isHeard = { false }
  change(&settings)
  var bench = DeskBench(settings)
  bench.start()
  return bench
}

/// A desk whose questions are heard.
func asking(_ change: (inout DriftDesk.Settings) -> Void = { _ in }) -> DeskBench {
  var settings = DriftDesk.Settings()
  change(&settings)
  var bench = DeskBench(settings)
  bench.start()
  return bench
}
