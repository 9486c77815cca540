import Foundation
import Tocsin
import TocsinMonitors

/// Events of one order, written shortly.
struct OrderSteps {
  var order = "1"
  var symbol = "IBM"

  func signal(
    _ side: Side = .buy,
    _ quantity: Decimal = 10,
    at price: Decimal? = 100
  ) -> OrderEvent {
    event(.signalled(side: side, quantity: quantity, decisionPrice: price))
  }
  var submit: OrderEvent { event(.submitted) }
  var timeOut: OrderEvent { event(.unconfirmed(reason: "timed out")) }
  var acknowledge: OrderEvent { event(.acknowledged) }
  var reject: OrderEvent { event(.rejected(reason: "no margin")) }
  var cancel: OrderEvent { event(.cancelled) }
  var expire: OrderEvent { event(.expired) }
  var askCancel: OrderEvent { event(.cancelRequested) }
  var refuseCancel: OrderEvent { event(.cancelRejected(reason: "too late")) }
  var refuseReplace: OrderEvent { event(.replaceRejected(reason: "too late")) }

  func askReplace(_ quantity: Decimal? = nil, _ limit: Decimal? = nil) -> OrderEvent {
    event(.replaceRequested(quantity: quantity, limitPrice: limit))
  }

  func replace(
    _ quantity: Decimal? = nil,
    _ limit: Decimal? = nil,
    venue: Double? = nil
  ) -> OrderEvent {
    var event = event(.replaced(quantity: quantity, limitPrice: limit))
    event.venueInstant = venue.map { at($0) }
    return event
  }

  func fill(_ quantity: Decimal, _ price: Decimal = 100, _ id: String = "f1") -> OrderEvent {
    event(.filled(quantity: quantity, price: price, fill: id))
  }

  private func event(_ kind: OrderEvent.Kind) -> OrderEvent {
    OrderEvent(order: order, symbol: symbol, kind: kind)
  }
}
