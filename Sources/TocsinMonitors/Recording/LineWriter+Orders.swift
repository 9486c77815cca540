#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension LineWriter {
  mutating func write(_ order: OrderEvent) {
    text(.order, order.order)
    text(.symbol, order.symbol)
    write(order.kind)
    if let id = order.venueOrder { text(.venueOrder, id) }
    if let instant = order.venueInstant { write(.venueAt, instant) }
  }

  private mutating func write(_ kind: OrderEvent.Kind) {
    switch kind {
    case .signalled: writeSignal(kind)
    case .filled: writeFill(kind)
    case .unconfirmed(let reason): text(.unconfirmed, reason)
    case .rejected(let reason): text(.rejected, reason)
    case .replaceRejected(let reason): text(.replaceRejected, reason)
    case .cancelRejected(let reason): text(.cancelRejected, reason)
    case .submitted: yes(.submitted)
    case .acknowledged: yes(.acknowledged)
    case .cancelRequested: yes(.cancelRequested)
    case .cancelled: yes(.cancelled)
    case .expired: yes(.expired)
    case .replaceRequested(let quantity, let limit): write(.replaceRequested, quantity, limit)
    case .replaced(let quantity, let limit): write(.replaced, quantity, limit)
    }
  }

  private mutating func write(_ field: RecordedField, _ quantity: Decimal?, _ limit: Decimal?) {
    yes(field)
    optional(.quantity, quantity)
    optional(.limit, limit)
  }

  private mutating func writeSignal(_ kind: OrderEvent.Kind) {
    guard case .signalled(let side, let quantity, let price, let limit, let strategy) = kind else {
      return
    }
    text(.signalled, side.rawValue)
    number(.quantity, quantity)
    optional(.price, price)
    optional(.limit, limit)
    if let strategy { text(.strategy, strategy) }
  }

  private mutating func writeFill(_ kind: OrderEvent.Kind) {
    guard case .filled(let quantity, let price, let fill, let fee) = kind else { return }
    number(.filled, quantity)
    number(.price, price)
    text(.fill, fill)
    guard let fee else { return }
    number(.fee, fee.amount)
    text(.feeCurrency, fee.currency)
  }
}
