import Tocsin
import TocsinMonitors

/// Trades one day after the other: the strategy, the books and the seed in one value.
struct PaperDesk: Sendable {
  let seed: UInt64
  let rates: FaultRates
  private var strategy = CrossoverStrategy()
  private(set) var books = PaperBooks()
  private var orders = 0

  init(seed: UInt64, rates: FaultRates) {
    self.seed = seed
    self.rates = rates
  }

  /// Learns the closes of a day on which there is no session.
  mutating func watch(_ day: TradingDay) {
    for price in day.prices { strategy.learn(price.symbol, close: price.adjusted.close) }
  }

  /// Trades a day. Without `isFull` only its faults are worked out.
  mutating func trade(_ day: TradingDay, isFull: Bool) -> PaperDay {
    let hours = TradingHours(day: day.day)
    var script = PaperDay(hours: hours)
    plantHeartbeatLoss(day, &script)
    plantCash(day, &script)
    for (stream, price) in day.prices.enumerated() {
      var generator = part(day, stream, .path)
      let path = PricePath(price.adjusted, hours, stream: stream, &generator)
      plantFeedGap(day, stream, &script)
      if !order(day, stream, path, &script) { plantBookings(day, stream, &script) }
      if isFull { script.addTicks(path, symbol: price.symbol, &generator) }
    }
    if isFull {
      var generator = part(day, 0, .heartbeats)
      script.addHeartbeats(&generator)
    }
    script.addReports(&books)
    watch(day)
    return script
  }

  private enum Part: UInt64 {
    case path = 1
    case heartbeats, heartbeatLoss, feedGap, order, bookings, cash
  }

  private func part(_ day: TradingDay, _ stream: Int, _ kind: Part) -> SeededGenerator {
    SeededGenerator(seed: seed, part: day.day * 64 + stream, of: kind.rawValue)
  }
}

extension PaperDesk {
  /// Sends the order that brings a symbol to its target; false when it is there already.
  private mutating func order(
    _ day: TradingDay,
    _ stream: Int,
    _ path: PricePath,
    _ script: inout PaperDay
  ) -> Bool {
    let symbol = day.prices[stream].symbol
    let quantity = strategy.target(symbol) - books.local.quantity(of: symbol)
    guard quantity != 0 else { return false }
    var generator = part(day, stream, .order)
    orders += 1
    let delay = Duration.seconds(300 + stream * 20) + .milliseconds(generator.number(0...9_999))
    let order = PaperOrder(
      id: "o-\(orders)",
      symbol: symbol,
      quantity: quantity,
      signalled: script.hours.open.advanced(by: delay)
    )
    var broker = PaperBroker(order, path, script.hours, generator)
    script.add(broker.execute(rates))
    return true
  }

  private func plantHeartbeatLoss(_ day: TradingDay, _ script: inout PaperDay) {
    var generator = part(day, 0, .heartbeatLoss)
    guard generator.chance(perMille: Int64(rates.heartbeatLosses)) else { return }
    plant(.heartbeatLoss, "", minutes: 10...30, &generator, &script)
  }

  private func plantCash(_ day: TradingDay, _ script: inout PaperDay) {
    var generator = part(day, 0, .cash)
    guard generator.chance(perMille: Int64(rates.bookings)) else { return }
    plant(.bookedCash, "USD", minutes: 65...180, &generator, &script)
  }

  private func plantFeedGap(_ day: TradingDay, _ stream: Int, _ script: inout PaperDay) {
    var generator = part(day, stream, .feedGap)
    guard generator.chance(perMille: Int64(rates.feedGaps)) else { return }
    plant(.feedGap, day.prices[stream].symbol, minutes: 20...60, &generator, &script)
  }

  private func plantBookings(_ day: TradingDay, _ stream: Int, _ script: inout PaperDay) {
    let symbol = day.prices[stream].symbol
    guard books.broker.quantity(of: symbol) != 0 else { return }
    var generator = part(day, stream, .bookings)
    for kind in [PlantedFault.Kind.bookedQuantity, .bookedPrice] {
      guard generator.chance(perMille: Int64(rates.bookings)) else { continue }
      return plant(kind, symbol, minutes: 65...180, &generator, &script)
    }
  }

  /// Plants a fault that begins between 30 minutes and 3 hours after the open.
  private func plant(
    _ kind: PlantedFault.Kind,
    _ symbol: String,
    minutes: ClosedRange<Int64>,
    _ generator: inout SeededGenerator,
    _ script: inout PaperDay
  ) {
    let start = Duration.milliseconds(generator.number(30 * 60_000...180 * 60_000))
    let from = script.hours.open.advanced(by: start)
    let to = from.advanced(by: .seconds(generator.number(minutes) * 60))
    script.plant(PlantedFault(kind, symbol: symbol, from: from, to: to))
  }
}
