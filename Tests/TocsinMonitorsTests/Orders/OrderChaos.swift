import Foundation
import Tocsin
import TocsinMonitors

/// The events of some orders, as they may arrive: repeated, lost, late, in another order.
struct OrderChaos {
  static let names = ["a", "b", "c"]
  let events: [OrderEvent]

  init(_ random: inout MonitorRandom) {
    var events: [OrderEvent] = []
    for name in Self.names { events += Self.life(of: OrderSteps(order: name), &random) }
    events = events.filter { _ in random.below(10) > 0 }
    events += events.filter { _ in random.below(4) == 0 }
    for place in events.indices where random.below(3) == 0 {
      events.swapAt(place, min(events.count - 1, place + random.below(8)))
    }
    if random.below(4) == 0 { events.shuffle(using: &random) }
    self.events = events
  }

  private static func life(
    of order: OrderSteps,
    _ random: inout MonitorRandom
  ) -> [OrderEvent] {
    var events = [order.signal(), random.below(5) == 0 ? order.timeOut : order.submit]
    if random.below(8) == 0 { events.append(order.timeOut) }
    events.append(order.acknowledge)
    for part in 0..<random.below(6) {
      events.append(order.fill(Decimal(1 + random.below(500)) / 100, 100, "f\(part)"))
      if random.below(3) == 0 { events += change(order, &random) }
    }
    if random.below(10) > 0 {
      events.append([order.cancel, order.expire, order.reject][random.below(3)])
    }
    return events
  }

  private static func change(
    _ order: OrderSteps,
    _ random: inout MonitorRandom
  ) -> [OrderEvent] {
    let quantity = Decimal(1 + random.below(20))
    return switch random.below(6) {
    case 0: [order.askReplace(quantity), order.replace(quantity)]
    case 1: [order.askReplace(quantity, 99), order.refuseReplace]
    case 2: [order.replace(quantity)]
    case 3: [order.askCancel, order.refuseCancel]
    case 4: [order.askCancel, order.timeOut]
    default: [order.askReplace(quantity), order.timeOut, order.replace(quantity)]
    }
  }
}

/// What must be true of orders whatever comes.
struct OrderLaws {
  private var traded: [String: [String: Decimal]] = [:]
  private var states: [String: OrderState] = [:]
  private var ends: [String: Int] = [:]
  private(set) var broken: [String] = []

  private static let next: [OrderState: Set<OrderState>] = [
    .signalled: Set(OrderState.allCases).subtracting([.signalled]),
    .submitted: Set(OrderState.allCases).subtracting([.signalled, .submitted]),
    .unconfirmed: [.acknowledged, .partiallyFilled, .filled, .rejected, .cancelled, .expired],
    .acknowledged: [.partiallyFilled, .filled, .rejected, .cancelled, .expired],
    .partiallyFilled: [.filled, .rejected, .cancelled, .expired],
  ]

  mutating func check(_ event: OrderEvent, _ ledger: OrderLedger, _ ended: OrderRecord?) {
    if case .filled(let quantity, _, let fill, _) = event.kind {
      traded[event.order, default: [:]][fill] = quantity
    }
    if let ended { ends[ended.order, default: 0] += 1 }
    guard let record = ledger[event.order] else { return }
    checkState(record)
    let booked = traded[event.order, default: [:]].values.reduce(0, +)
    expect(record.filledQuantity == booked, "quantity of \(event)")
    expect(record.filledValue == booked * 100, "value of \(event)")
    expect(ends[event.order, default: 0] == (record.state.isTerminal ? 1 : 0), "ends of \(event)")
    expect(ledger.openCount == states.values.count { !$0.isTerminal }, "open count")
  }

  private mutating func checkState(_ record: OrderRecord) {
    if let before = states[record.order], before != record.state {
      let isLegal = Self.next[before]?.contains(record.state) ?? false
      expect(isLegal, "\(before) to \(record.state)")
    }
    states[record.order] = record.state
    expect(!record.state.isTerminal || record.pending == nil, "pending after the end")
    switch record.state {
    case .signalled, .submitted, .unconfirmed, .acknowledged:
      expect(record.filledQuantity == 0, "\(record.state) with fills")
    case .partiallyFilled: expect(record.filledQuantity > 0, "partially filled without fills")
    case .filled:
      expect(record.quantity.map { record.filledQuantity >= $0 } ?? false, "filled without fills")
    case .rejected, .cancelled, .expired: break
    }
  }

  private mutating func expect(_ isTrue: Bool, _ law: @autoclosure () -> String) {
    if !isTrue { broken.append(law()) }
  }
}
