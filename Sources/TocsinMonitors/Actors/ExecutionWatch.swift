import Tocsin

/// The figures of an execution monitor, shared by its steps and its questions. Of one lane.
final class ExecutionBook {
  var quality: ExecutionQuality

  init(_ quality: ExecutionQuality) { self.quality = quality }
}

/// What one event, or time, brought about.
///
/// Small, because every step of an order is told by one: what only the end of an order brings lies
/// apart.
struct ExecutionNews {
  /// What the end of an order brings.
  struct End {
    var order: OrderRecord
    var slippage: ExecutionReading
    var fillRate: ExecutionReading
  }

  var step: OrderStep?
  var finding: OrderFinding?
  /// One, or none.
  var ended: [End] = []
  var changes: [ExecutionReading] = []
}

/// Gives every order event and every quote to the figures, and judges limits by time.
struct ExecutionWatch: TimedRule {
  let book: ExecutionBook

  var nextDeadline: Instant { book.quality.nextDeadline }

  /// Whether an event says something about orders.
  static func concerns(_ event: TradingEvent) -> Bool {
    switch event {
    case .order, .quote: true
    default: false
    }
  }

  mutating func receive(_ event: TradingEvent, at now: Instant) -> Verdict<ExecutionNews> {
    switch event {
    case .order(let order): return .pass(news(of: order, at: now), .passed)
    case .quote(let quote):
      book.quality.receive(quote, at: now)
      return .drop(.unchanged)
    default: return .drop(.filtered)
    }
  }

  mutating func expire(at now: Instant) -> Due<ExecutionNews>? {
    while nextDeadline <= now {
      let deadline = nextDeadline
      let changes = book.quality.changes(at: deadline)
      guard changes.isEmpty else {
        return Due(ExecutionNews(changes: changes), at: deadline, .settled, isMade: true)
      }
    }
    return nil
  }

  mutating func finish(at now: Instant) -> Due<ExecutionNews>? { nil }

  private func news(of event: OrderEvent, at now: Instant) -> ExecutionNews {
    let outcome = book.quality.receive(event, at: now)
    var news = ExecutionNews(finding: outcome.finding)
    news.step = outcome.standing.map {
      OrderStep(order: event.order, symbol: event.symbol, standing: $0)
    }
    guard outcome.isEnd, let slot = outcome.slot else { return news }
    let order = book.quality.orders[slot: slot]
    let slippage = book.quality.reading(.slippage, of: .symbol(order.symbol), at: now)
    let fillRate = book.quality.reading(.fillRate, at: now)
    news.ended = [ExecutionNews.End(order: order, slippage: slippage, fillRate: fillRate)]
    news.changes = book.quality.changes(at: now)
    return news
  }
}

/// Where an execution monitor tells what happened.
struct ExecutionTold {
  let findings: Outlet<OrderFinding>
  let changes: Outlet<ExecutionReading>
  let ended: Outlet<OrderRecord>
  let slippage: Outlet<ExecutionReading>
  let fillRate: Outlet<ExecutionReading>

  init(_ name: String) {
    findings = Outlet("\(name).findings")
    changes = Outlet("\(name).changes")
    ended = Outlet("\(name).ended")
    slippage = Outlet("\(name).slippage")
    fillRate = Outlet("\(name).fillRate")
  }

  /// Tells all, and gives the order's step for the next step of the chain.
  func tell(_ news: ExecutionNews) -> OrderStep? {
    if let finding = news.finding { findings.send(finding) }
    for end in news.ended {
      ended.send(end.order)
      slippage.send(end.slippage)
      fillRate.send(end.fillRate)
    }
    if !news.changes.isEmpty { changes.send(contentsOf: news.changes) }
    return news.step
  }
}
