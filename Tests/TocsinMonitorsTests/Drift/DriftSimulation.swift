import Foundation
import Tocsin

@testable import TocsinMonitors

/// A desk between our book and a broker's, over lines that lose, repeat, delay and reorder. All of it
/// follows from the seed.
struct DriftSimulation {
  /// How bad the lines are: out of a hundred.
  struct Faults {
    var lostEvents = 0
    var repeated = 20
    var lostReports = 0
    var failedReports = 0
    var lostOutcomes = 0
    var restarts = 0
  }

  private enum Step {
    case broker(OrderEvent)
    case event(TradingEvent)
    case question(BookRequest)
    case proposal(ReconciliationProposal)
    case outcome(ProposalOutcome)
  }

  private let faults: Faults
  /// Whether reports say which question they answer: with every second seed.
  private let saysWhich: Bool
  private var random: MonitorRandom
  private(set) var bench: DeskBench
  private(set) var mine = PaperLedger()
  private(set) var theirs = PaperLedger()
  private var queue: [(at: Double, order: Int, step: Step)] = []
  private var count = 0
  /// When the lines become good, and when it is over.
  private let calm: Double
  private let end: Double
  private(set) var findings: [(at: Double, words: String)] = []
  private(set) var proposed: [String: Int] = [:]
  private var settings: DriftDesk.Settings

  init(seed: Int, _ faults: Faults, calm: Double = 240, end: Double = 480) {
    (self.faults, random, self.calm, self.end) = (faults, MonitorRandom(seed: seed), calm, end)
    saysWhich = seed.isMultiple(of: 2)
    settings = DriftDesk.Settings()
    settings.schedule = .all
    bench = DeskBench(settings)
    bench.start()
    for number in 0..<(2 + random.below(4)) { plan(number) }
  }

  private mutating func chance(_ percent: Int) -> Bool {
    percent > 0 && random.below(100) < percent
  }

  private mutating func moment(_ seconds: Int) -> Double {
    Double(random.below(seconds * 100)) / 100
  }

  private mutating func add(_ step: Step, at seconds: Double) {
    count += 1
    queue.append((seconds, count, step))
  }

  /// One order: sent by us, filled in parts by the broker, sometimes cancelled.
  private mutating func plan(_ number: Int) {
    let (id, start) = ("o\(number)", moment(120))
    let symbol = ["A", "B"][random.below(2)]
    let parts = (0..<(1 + random.below(3))).map { _ in Decimal(1 + random.below(4)) }
    let rest: Decimal = random.below(2) == 0 ? 0 : 2
    let side: Side = random.below(2) == 0 ? .buy : .sell
    let signal = OrderEvent.Kind.signalled(
      side: side,
      quantity: parts.reduce(rest, +),
      decisionPrice: 1,
      limitPrice: 1
    )
    let kinds =
      [signal, .acknowledged]
      + parts.indices.map { .filled(quantity: parts[$0], price: 1, fill: "\($0)") }
      + (rest > 0 ? [.cancelled] : [])
    var instant = start
    for kind in kinds {
      add(.broker(OrderEvent(order: id, symbol: symbol, kind: kind)), at: instant)
      instant += 0.1 + moment(12)
    }
  }

  /// Runs to the end, or to an instant before it.
  mutating func run(until stop: Double = .infinity) {
    while true {
      let next = queue.indices.min {
        (queue[$0].at, queue[$0].order) < (queue[$1].at, queue[$1].order)
      }
      let instant = next.map { queue[$0].at } ?? .infinity
      let deadline = Double(bench.desk.nextDeadline.nanoseconds) / 1e9
      let now = min(instant, deadline)
      guard now <= min(end, stop) else { return }
      if deadline <= instant {
        bench.advance(to: deadline)
      } else if let next {
        take(queue.remove(at: next).step, at: now)
      }
      listen(at: now)
    }
  }

  private mutating func take(_ step: Step, at now: Double) {
    switch step {
    case .broker(let event): happen(event, at: now)
    case .event(let event):
      if case .order(let order) = event { hear(order, at: now) }
      bench.send(event, at: now)
    case .question(let request):
      let book = request.book == .local ? mine : theirs
      let report = book.answer(request)
      answer(saysWhich ? report.answering(request.asked) : report, at: now)
    case .proposal(let proposal):
      let outcome = ProposalOutcome(proposal.id, mine.apply(proposal, at: now))
      let delay = moment(2)
      if !(now < calm && chance(faults.lostOutcomes)) { add(.outcome(outcome), at: now + delay) }
    case .outcome(let outcome): bench.send(outcome, at: now)
    }
    if now < calm, chance(faults.restarts) { restart(at: now) }
  }

  /// Something happens at the broker; our own signal is ours at once.
  private mutating func happen(_ event: OrderEvent, at now: Double) {
    if case .signalled(let side, let quantity, _, let limit, _) = event.kind {
      let sent = order(event.order, quantity, at: limit, symbol: event.symbol, side: side)
      theirs.orders[event.order] = sent
      mine.orders[event.order] = sent
      bench.send(.order(event), at: now)
      return
    }
    theirs.take(event, side: theirs.orders[event.order]?.side ?? .buy, at: now)
    deliver(.event(.order(event)), lost: faults.lostEvents, at: now)
  }

  private mutating func hear(_ event: OrderEvent, at now: Double) {
    let side = theirs.fills.values.first { $0.fill.order == event.order }?.fill.side ?? .buy
    mine.take(event, side: side, at: now)
  }

  private mutating func answer(_ event: TradingEvent, at now: Double) {
    let isFailed = now < calm && chance(faults.failedReports)
    deliver(.event(isFailed ? event.partial : event), lost: faults.lostReports, at: now)
  }

  /// Late by up to three seconds, so out of order; sometimes twice, sometimes never.
  private mutating func deliver(_ step: Step, lost: Int, at now: Double) {
    if now < calm, chance(lost) { return }
    add(step, at: now + moment(3))
    if now < calm, chance(faults.repeated) { add(step, at: now + moment(3)) }
  }

  private mutating func listen(at now: Double) {
    for words in bench.takeFindings() { findings.append((now, words)) }
    for request in bench.requests { add(.question(request), at: now + moment(1)) }
    _ = bench.takeRequests()
    for proposal in bench.takeProposals() where proposal.withdrawal == nil {
      proposed[proposal.id, default: 0] += 1
      add(.proposal(proposal), at: now + moment(2))
    }
  }

  /// The monitor forgets all but what it saved.
  private mutating func restart(at now: Double) {
    bench = DeskBench(settings, restoring: bench.desk.state)
    bench.start(at: now)
  }

  /// Changes our book: a difference that nobody tells of.
  mutating func plant(_ change: (inout PaperLedger) -> Void) { change(&mine) }
}

extension PaperLedger {
  fileprivate mutating func take(_ event: OrderEvent, side: Side, at seconds: Double) {
    switch event.kind {
    case .filled(let quantity, let price, let id, _):
      book(
        Fill(
          id: id,
          order: event.order,
          symbol: event.symbol,
          side: side,
          quantity: quantity,
          price: price
        ),
        at: seconds
      )
    case .cancelled: end(event.order)
    default: break
    }
  }
}

extension DriftSimulation {
  /// What is not the same in both books.
  var differences: [String] {
    var found: [String] = []
    if mine.quantities != theirs.quantities { found.append("positions") }
    if Set(mine.orders.keys) != Set(theirs.orders.keys) { found.append("orders") }
    if mine.cash != theirs.cash { found.append("cash") }
    let (ours, broker) = (mine.fills.mapValues(\.fill), theirs.fills.mapValues(\.fill))
    if ours != broker { found.append("fills") }
    return found
  }

  /// The topics of open differences.
  var told: Set<String> { Set(bench.desk.state.ledger.open.keys.map(\.item.topic.rawValue)) }
}
