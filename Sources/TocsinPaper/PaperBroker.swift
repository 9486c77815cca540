#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin
import TocsinMonitors

/// An order of the paper desk.
struct PaperOrder {
  var id: String
  var symbol: String
  /// Signed: negative when sold.
  var quantity: Int64
  var signalled: Instant
}

/// What happens to an order, and what both books learn of it.
struct OrderOutcome {
  var events: [Recorded<TradingEvent>] = []
  var fills: [PaperFill] = []
  var fault: PlantedFault?
  var life: PaperOrderLife?
}

/// A broker that fills orders at the path's price with a little slippage, and whose faults are drawn
/// from a seed.
struct PaperBroker {
  let hours: TradingHours
  let path: PricePath
  let order: PaperOrder
  private var generator: SeededGenerator
  private var now: Instant
  private var outcome = OrderOutcome()

  init(
    _ order: PaperOrder,
    _ path: PricePath,
    _ hours: TradingHours,
    _ generator: SeededGenerator
  ) {
    self.order = order
    self.path = path
    self.hours = hours
    self.generator = generator
    now = order.signalled
  }

  mutating func execute(_ rates: FaultRates) -> OrderOutcome {
    let fault = rates.drawForOrder(&generator)
    let side: Side = order.quantity > 0 ? .buy : .sell
    let price = Decimal(tenThousandths: path.price(at: now))
    let quantity = Decimal(order.quantity.magnitude)
    tell(.signalled(side: side, quantity: quantity, decisionPrice: price))
    switch fault {
    case .rejection: reject()
    case .slowAcknowledgement: acknowledgeSlowly()
    case .unconfirmedOrder: confirmLate()
    case .partialFill: fillInPart()
    case .lostFill: loseFill()
    default:
      acknowledge()
      fill(order.quantity)
    }
    outcome.life = PaperOrderLife(order, outcome)
    return outcome
  }

  private mutating func wait(milliseconds range: ClosedRange<Int64>) {
    now = now.advanced(
      by: .microseconds(generator.number(range) * 1000 + generator.number(0...999))
    )
  }

  private mutating func tell(_ kind: OrderEvent.Kind) {
    let event = OrderEvent(order: order.id, symbol: order.symbol, kind: kind)
    outcome.events.append(Recorded(.order(event), at: now))
  }

  private mutating func plant(_ kind: PlantedFault.Kind, from: Instant, to: Instant) {
    outcome.fault = PlantedFault(kind, symbol: order.symbol, order: order.id, from: from, to: to)
  }

  private mutating func submit() {
    wait(milliseconds: 20...60)
    tell(.submitted)
  }

  private mutating func acknowledge() {
    submit()
    wait(milliseconds: 20...120)
    tell(.acknowledged)
  }
}

extension PaperBroker {
  private mutating func reject() {
    submit()
    wait(milliseconds: 30...200)
    let reasons = ["insufficient buying power", "price outside the band", "symbol is halted"]
    tell(.rejected(reason: reasons[Int(generator.number(0...2))]))
    plant(.rejection, from: order.signalled, to: now)
  }

  private mutating func acknowledgeSlowly() {
    submit()
    let from = now
    wait(milliseconds: 15_000...120_000)
    tell(.acknowledged)
    plant(.slowAcknowledgement, from: from, to: now)
    fill(order.quantity)
  }

  private mutating func confirmLate() {
    now = now.advanced(by: .seconds(5))
    tell(.unconfirmed(reason: "no answer within 5 seconds"))
    let from = now
    wait(milliseconds: 20_000...90_000)
    tell(.acknowledged)
    plant(.unconfirmedOrder, from: from, to: now)
    fill(order.quantity)
  }

  private mutating func fillInPart() {
    acknowledge()
    let share = order.quantity * generator.number(30...70) / 100
    guard share != 0 else { return fill(order.quantity) }
    fill(share)
    let from = now
    now = hours.close.advanced(by: .milliseconds(-500))
    tell(.expired)
    plant(.partialFill, from: from, to: now)
  }

  private mutating func loseFill() {
    acknowledge()
    let first = outcome.events.count
    fill(order.quantity)
    let booked = outcome.fills.first?.booked ?? now
    let delay = Duration.seconds(generator.number(40 * 60...150 * 60))
    for index in outcome.fills.indices {
      outcome.fills[index].told = outcome.fills[index].told.advanced(by: delay)
      outcome.events[first + index].instant = outcome.fills[index].told
    }
    plant(.lostFill, from: booked, to: now.advanced(by: delay))
  }

  /// Fills that many shares, in one piece or two.
  private mutating func fill(_ quantity: Int64) {
    let isSplit = abs(quantity) > 1 && generator.chance(perMille: 400)
    let first = isSplit ? quantity / 2 : quantity
    for (index, part) in [first, quantity - first].enumerated() where part != 0 {
      wait(milliseconds: 500...3_000)
      let slip = path.price(at: now) * generator.number(0...3) / 10_000
      let price = max(1, path.price(at: now) + (quantity > 0 ? slip : -slip))
      tell(
        .filled(
          quantity: Decimal(part.magnitude),
          price: Decimal(tenThousandths: price),
          fill: "\(order.id)-f\(index + 1)"
        )
      )
      outcome.fills.append(
        PaperFill(symbol: order.symbol, quantity: part, price: price, booked: now, told: now)
      )
    }
  }
}
