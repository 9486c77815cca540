#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin
import TocsinMonitors

/// When each book has an order among its live ones, and how much of it is filled then.
struct PaperOrderLife {
  private let order: PaperOrder
  private let fills: [PaperFill]
  /// From when we sent it until we were told of its end.
  private let local: Range<Instant>
  /// From when the broker had it until it ended there; nil when the broker refused it.
  private let broker: Range<Instant>?

  /// Nil when it was never sent.
  init?(_ order: PaperOrder, _ outcome: OrderOutcome) {
    guard let sent = outcome.events.first(where: { $0.isSending })?.instant,
      let told = outcome.events.map(\.instant).max()
    else { return nil }
    self.order = order
    fills = outcome.fills
    local = sent..<max(sent, told)
    let quantity = outcome.fills.reduce(0) { $0 + $1.quantity }
    let booked = outcome.fills.map(\.booked).max() ?? told
    let end = quantity == order.quantity ? booked : told
    let isRefused = outcome.fault?.kind == .rejection
    broker = isRefused ? nil : sent..<max(sent, end)
  }

  /// The order as a book has it at an instant; nil when it is not live there.
  func open(in book: Book, at instant: Instant) -> OpenOrder? {
    guard (book == .local ? local : broker)?.contains(instant) == true else { return nil }
    let filled = fills.filter { (book == .local ? $0.told : $0.booked) <= instant }
    return OpenOrder(
      order: order.id,
      symbol: order.symbol,
      side: order.quantity > 0 ? .buy : .sell,
      quantity: Decimal(order.quantity.magnitude),
      filledQuantity: Decimal(filled.reduce(0) { $0 + $1.quantity }.magnitude)
    )
  }
}

extension Recorded<TradingEvent> {
  /// Whether an order is sent with it.
  fileprivate var isSending: Bool {
    guard case .order(let step) = event else { return false }
    return switch step.kind {
    case .submitted, .unconfirmed: true
    default: false
    }
  }
}
