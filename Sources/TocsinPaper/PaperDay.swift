#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin
import TocsinMonitors

/// The script of one trading day: what is sent when, and what goes wrong.
struct PaperDay {
  let hours: TradingHours
  private(set) var events: [Recorded<TradingEvent>] = []
  private(set) var faults: [PlantedFault] = []
  private(set) var fills: [PaperFill] = []
  private var lives: [PaperOrderLife] = []
  private var paths: [String: PricePath] = [:]
  private var reportInstants: [Instant]

  init(hours: TradingHours) {
    self.hours = hours
    reportInstants = (0..<13).map { hours.open.advanced(by: PaperSession.reportSpacing * $0) }
  }

  mutating func add(_ outcome: OrderOutcome) {
    events += outcome.events
    fills += outcome.fills
    if let life = outcome.life { lives.append(life) }
    if let fault = outcome.fault { faults.append(fault) }
    for instant in outcome.fills.flatMap({ [$0.booked, $0.told] }) {
      reportInstants.append(instant.advanced(by: .seconds(5)))
    }
  }

  mutating func plant(_ fault: PlantedFault) { faults.append(fault) }

  /// One tick of a path after the other, but none during a feed gap.
  mutating func addTicks(_ path: PricePath, symbol: String, _ generator: inout SeededGenerator) {
    paths[symbol] = path
    let gap = faults.first { $0.kind == .feedGap && $0.symbol == symbol }
    for (instant, price) in zip(path.instants, path.prices) {
      let lag = Duration.microseconds(generator.number(1_000...5_000))
      if let gap, gap.from <= instant, instant < gap.to { continue }
      let tick = Tick(
        symbol: symbol,
        venue: PaperSession.venue,
        price: .init(tenThousandths: price),
        venueInstant: instant.advanced(by: .zero - lag)
      )
      events.append(Recorded(.tick(tick), at: instant))
      events.append(Recorded(.quote(Self.quote(tick, price)), at: instant))
    }
  }

  /// A hundredth of a per cent to both sides, a cent at least.
  private static func quote(_ tick: Tick, _ price: Int64) -> Quote {
    let half = max(100, price / 10_000)
    return Quote(
      symbol: tick.symbol,
      venue: tick.venue,
      bid: Decimal(tenThousandths: price - half),
      ask: Decimal(tenThousandths: price + half),
      venueInstant: tick.venueInstant
    )
  }

  /// A heartbeat a minute, but none while they are lost.
  mutating func addHeartbeats(_ generator: inout SeededGenerator) {
    let loss = faults.first { $0.kind == .heartbeatLoss }
    for minute in 0..<390 {
      let latency = Duration.microseconds(generator.number(1_000...8_000))
      let base = PaperSession.heartbeatSpacing * minute + .milliseconds(generator.number(0...400))
      let instant = hours.open.advanced(by: base)
      if let loss, loss.from <= instant, instant < loss.to { continue }
      let heartbeat = Heartbeat(source: PaperSession.broker, latency: latency)
      events.append(Recorded(.heartbeat(heartbeat), at: instant))
    }
  }

  /// Positions, live orders and cash of both books, every half hour and five seconds after every fill;
  /// the broker's come 20 ms later.
  mutating func addReports(_ books: inout PaperBooks) {
    let lag = Duration.milliseconds(20)
    let told = fills.sorted { $0.told < $1.told }
    let booked = fills.sorted { $0.booked < $1.booked }
    var toldCount = 0
    var bookedCount = 0
    for instant in Set(reportInstants).sorted() {
      let asked = instant.advanced(by: lag)
      while toldCount < told.count, told[toldCount].told <= instant {
        books.local.apply(told[toldCount])
        toldCount += 1
      }
      while bookedCount < booked.count, booked[bookedCount].booked <= asked {
        books.broker.apply(booked[bookedCount])
        bookedCount += 1
      }
      let shown = faults.reduce(books.broker) { $1.altered($0, at: asked) }
      addReports(books.local, .local, at: instant)
      addReports(shown, .broker, at: asked)
    }
  }

  private mutating func addReports(_ view: PaperBook, _ book: Book, at instant: Instant) {
    let orders = lives.compactMap { $0.open(in: book, at: instant) }
    let prices = paths.mapValues { $0.price(at: instant) }
    let reports: [TradingEvent] = [
      .positions(view.report(book)),
      .orders(OrderReport(book: book, orders: orders.sorted { $0.order < $1.order })),
      .account(view.account(book, prices: prices)),
    ]
    events += reports.map { Recorded($0, at: instant) }
  }

  /// The day's events in the order of their instants.
  func sorted() -> [Recorded<TradingEvent>] {
    let order = events.indices.sorted {
      (events[$0].instant.nanoseconds, $0) < (events[$1].instant.nanoseconds, $1)
    }
    return order.map { events[$0] }
  }
}

/// What we believe is held, and what the broker has booked.
struct PaperBooks: Hashable, Sendable {
  var local = PaperBook()
  var broker = PaperBook()
}

extension PlantedFault {
  /// The broker's book as it shows it while this fault lasts.
  fileprivate func altered(_ book: PaperBook, at instant: Instant) -> PaperBook {
    guard from <= instant, instant < to else { return book }
    switch kind {
    case .bookedQuantity:
      return book.altered(symbol) { $0.quantity += max(1, $0.quantity / 50) }
    case .bookedPrice:
      return book.altered(symbol) { $0.averagePrice += $0.averagePrice / 50 + 1 }
    case .bookedCash:
      return book.charged(book.cash / 50 + 10_000)
    default:
      return book
    }
  }
}
