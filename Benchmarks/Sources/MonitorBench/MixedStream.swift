internal import Foundation
internal import ReferenceGraph
internal import Tocsin
internal import TocsinMonitors

/// A trading day in fast motion: ticks, quotes, orders, heartbeats and reports of many symbols, a
/// millisecond apart. The same seed gives the same events; nothing in them is wrong.
///
/// Events are made a portion at a time, as a feed makes them: when a monitor looks at one, it has
/// just been written.
struct MixedStream {
  /// From one event to the next.
  static let spacing = Duration.milliseconds(1)
  static let venue = "VENUE"
  static let broker = "broker"

  let symbols: [String]
  private var made = 0
  private var events: [Recorded<TradingEvent>] = []
  private var random: SplitMix64
  private var now = Instant(nanoseconds: 1_700_000_000_000_000_000)
  private var prices: [Int64]
  private var held: [Int64]
  private var orderCount = 0
  private var steps: [[OrderEvent]] = []

  init(symbols: Int, seed: UInt64 = 1) {
    self.symbols = (0..<symbols).map { "SYM\($0)" }
    random = SplitMix64(seed: seed)
    prices = (0..<symbols).map { _ in 0 }
    held = prices
    for symbol in prices.indices { prices[symbol] = 1_000 + pick(9_000) }
  }

  /// The next events.
  mutating func next(_ count: Int) -> [Recorded<TradingEvent>] {
    events.removeAll(keepingCapacity: true)
    while events.count < count { next() }
    return events
  }

  private mutating func next() {
    let number = made
    made += 1
    switch number % 100 {
    case 0: append(.heartbeat(Heartbeat(source: Self.broker, latency: .milliseconds(3))))
    case 1 where number % 60_000 == 1: report(.local)
    case 2 where number % 60_000 == 2: report(.broker)
    case 10..<22: order()
    case 22..<52: quote()
    default: tick()
    }
  }

  private mutating func append(_ event: TradingEvent) {
    events.append(Recorded(event, at: now))
    now = now.advanced(by: Self.spacing)
  }

  private mutating func pick(_ count: Int64) -> Int64 {
    Int64(truncatingIfNeeded: random.next() % UInt64(count))
  }

  private mutating func move(_ symbol: Int) -> Decimal {
    prices[symbol] = max(100, prices[symbol] + pick(5) - 2)
    return price(prices[symbol])
  }

  private func price(_ cents: Int64) -> Decimal {
    Decimal(sign: .plus, exponent: -2, significand: Decimal(cents))
  }

  private mutating func tick() {
    let symbol = Int(pick(Int64(symbols.count)))
    append(
      .tick(
        Tick(
          symbol: symbols[symbol],
          venue: Self.venue,
          price: move(symbol),
          venueInstant: now.advanced(by: .milliseconds(-2))
        )
      )
    )
  }

  private mutating func quote() {
    let symbol = Int(pick(Int64(symbols.count)))
    let mid = prices[symbol]
    append(
      .quote(
        Quote(
          symbol: symbols[symbol],
          venue: Self.venue,
          bid: price(mid - 1),
          ask: price(mid + 1),
          venueInstant: now.advanced(by: .milliseconds(-2))
        )
      )
    )
  }

  /// The next step of an order that is under way, or of a new one.
  private mutating func order() {
    if steps.count < 50 { steps.append(newOrder()) }
    let place = Int(pick(Int64(steps.count)))
    append(.order(steps[place].removeFirst()))
    if steps[place].isEmpty { steps.remove(at: place) }
  }

  private mutating func newOrder() -> [OrderEvent] {
    let symbol = Int(pick(Int64(symbols.count)))
    let side: Side = pick(2) == 0 ? .buy : .sell
    let mid = prices[symbol]
    orderCount += 1
    held[symbol] += Int64(side.sign) * 10
    let (id, fee) = ("o\(orderCount)", Money(price(5), "USD"))
    let kinds: [OrderEvent.Kind] = [
      .signalled(side: side, quantity: 10, decisionPrice: price(mid), strategy: "maker"),
      .submitted, .acknowledged,
      .filled(quantity: 4, price: price(mid + Int64(side.sign)), fill: "a", fee: fee),
      .filled(quantity: 6, price: price(mid), fill: "b", fee: fee),
    ]
    return kinds.map { OrderEvent(order: id, symbol: symbols[symbol], kind: $0) }
  }

  /// What is held once everything under way is filled: both books agree.
  private mutating func report(_ book: Book) {
    let positions = held.indices.filter { held[$0] != 0 }.map { symbol in
      Position(symbol: symbols[symbol], quantity: Decimal(held[symbol]), averagePrice: 50)
    }
    append(.positions(PositionReport(book: book, positions: positions)))
  }
}
