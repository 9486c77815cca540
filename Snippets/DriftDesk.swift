//! Drift: both books, the questions, the proposals, and what halts trading.

import Foundation
import Tocsin
import TocsinMonitors

// snippet.gateway
/// Keeps our book, and can read the broker's.
final class Gateway {
  var held: [String: Decimal] = ["AAPL": 1_000]
  let broker: [String: Decimal] = ["AAPL": 1_001]

  /// Reads a book. A query that fails is answered, too: with `isComplete: false`.
  func answer(_ request: BookRequest) -> TradingEvent {
    switch request.topic {
    case .positions:
      let book = request.book == .local ? held : broker
      let positions = book.map { Position(symbol: $0, quantity: $1, averagePrice: 1) }
      return .positions(
        PositionReport(book: request.book, positions: positions, answers: request.asked)
      )
    case .orders:
      return .orders(OrderReport(book: request.book, orders: [], answers: request.asked))
    case .fills:
      let since = request.since ?? .distantPast
      return .fills(
        FillReport(book: request.book, since: since, fills: [], answers: request.asked)
      )
    case .cash:
      return .account(AccountReport(book: request.book, balances: [], answers: request.asked))
    }
  }

  /// Compare, then set, as one step. Never sets what it did not compare.
  func carryOut(_ proposal: ReconciliationProposal) -> ProposalOutcome.Result {
    guard proposal.item.topic == .positions else { return .refused(reason: "by hand only") }
    let now = held[proposal.symbol]
    if now == proposal.to?.quantity { return .applied }
    guard now == proposal.from?.quantity else { return .refused(reason: "the book moved") }
    held[proposal.symbol] = proposal.to?.quantity
    return .applied
  }
}
// snippet.end

// snippet.tolerances
var bitcoin = DriftTolerance()
bitcoin.quantity = 0.00001
bitcoin.criticalValue = 2_000

var yen = CashTolerance()
yen.amount = 1
yen.minorAmount = 10_000
yen.criticalAmount = 1_000_000

let tolerances = DriftTolerances(symbols: ["BTCUSDT": bitcoin], currencies: ["JPY": yen])
// snippet.end

// snippet.desk
let desk = MonitorGraph("desk", sinks: [Outlet<Alert>("pager"), Outlet<Alert>("log")]) { lane in
  let market = lane.input("market", of: TradingEvent.self)
  let drift = DriftMonitor(on: lane, watching: market, tolerances: tolerances)

  let gateway = Gateway()
  _ = Tap(drift.requests).each { market.send(gateway.answer($0)) }
  _ = Tap(drift.proposals).filter { $0.withdrawal == nil }.each { proposal in
    drift.outcomes.send(ProposalOutcome(proposal.id, gateway.carryOut(proposal)))
  }

  Merge(
    Tap(drift.findings).filter { $0.tier == .minor }.alert { $0.alert },
    Tap(drift.findings).filter { $0.tier > .minor }.alert { $0.alert }
  )
  .route {
    On(.warning...) {
      "pager"
      "log"
    }
    Otherwise { "log" }
  }
}
// snippet.end

// snippet.run
let world = Timeline.virtual()
let lane = world.lane("desk")
let running = try desk.start(on: lane, in: world)
world.advance(to: Instant(nanoseconds: 30_000_000_000))

let monitor = try running.first(DriftMonitor.self)
let told = world.perform(on: lane) {
  monitor.assumeIsolated { monitor in monitor.history.map(\.event) }
}
for finding in told { print(finding.phase, finding.tier, finding.alert.message) }
// firing minor AAPL: 1000 here, 1001 at the broker.
// resolved minor AAPL quantityMismatch: resolved.
// snippet.end

precondition(told.map(\.phase) == [.firing, .resolved])

// snippet.hand
let aapl = DriftItem(.positions, "AAPL")
monitor.commands.send(.flag(aapl, note: "a split; operations is on it"))
monitor.commands.send(.clear(aapl))
monitor.commands.send(.reset(aapl))
monitor.commands.send(.check(.positions))
// snippet.end

// snippet.restart
func save(_ state: DriftState, to file: URL) throws {
  try JSONEncoder().encode(state).write(to: file, options: .atomic)
}

func load(_ file: URL) throws -> DriftState {
  try JSONDecoder().decode(DriftState.self, from: Data(contentsOf: file))
}
// snippet.end

// snippet.table
var ledger = DriftLedger(confirmations: 2)
let empty = PositionReport(book: .local, positions: [])
let one = Position(symbol: "AAPL", quantity: 100, averagePrice: 150)

let rounds: [(broker: PositionReport, told: [DriftFinding.Kind])] = [
  (PositionReport(book: .broker, positions: [one]), []),
  (PositionReport(book: .broker, positions: [one]), [.unknownPosition]),
  (PositionReport(book: .broker, positions: [], isComplete: false), [.brokerQueryFailed]),
  (PositionReport(book: .broker, positions: [one]), [.brokerQueryFailed]),  // Resolved.
]
for (minute, round) in rounds.enumerated() {
  let now = Instant.epoch.advanced(by: .seconds(60 * minute))
  let changes = ledger.receive(.compare(local: empty, broker: round.broker), at: now)
  precondition(changes.map(\.kind) == round.told)
}
// snippet.end
