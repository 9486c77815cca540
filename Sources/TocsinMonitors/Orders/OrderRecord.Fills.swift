#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension OrderRecord {
  /// Counts a fill once, whatever the state is: the position is real.
  mutating func fill(
    _ quantity: Decimal,
    _ price: Decimal,
    _ id: String,
    _ fee: Money?,
    at now: Instant,
    venue: Instant?
  ) -> OrderFinding.Kind? {
    guard quantity.isUsable, quantity.isAboveZero, price.isUsable, fee?.amount.isUsable ?? true
    else {
      return .invalid
    }
    let total = filledQuantity.plus(quantity)
    let value = filledValue.plus(quantity.times(price))
    guard total.isFinite, value.isFinite else { return .invalid }
    guard fills.insert(id) else { return .duplicate }
    (filledQuantity, filledValue) = (total, value)
    if let fee { paid.add(fee) }
    note(at: now, venue: venue)
    return bookedFill(at: now)
  }

  /// Of the venue's instants the earliest and the latest count, in whatever order they come.
  private mutating func note(at now: Instant, venue: Instant?) {
    firstFillAt = firstFillAt ?? now
    lastFillAt = now
    guard let venue else { return }
    venueFirstFillAt = min(venueFirstFillAt ?? venue, venue)
    venueLastFillAt = max(venueLastFillAt ?? venue, venue)
  }

  private mutating func bookedFill(at now: Instant) -> OrderFinding.Kind? {
    let isOver = quantity.map { filledQuantity.isAbove($0) } ?? false
    guard !state.isTerminal else { return isOver ? .overfill : .fillAfterEnd }
    let wasAtBroker = submittedAt != nil || acknowledgedAt != nil || state == .unconfirmed
    if state != .partiallyFilled {
      state = .partiallyFilled
      stateSince = now
    }
    return completeIfFilled(at: now) ?? (wasAtBroker ? nil : .outOfOrder)
  }

  /// Ends the order when all of it is filled. Not while we wait to hear whether it has more quantity
  /// than is filled: it may be live.
  mutating func completeIfFilled(at now: Instant) -> OrderFinding.Kind? {
    guard !state.isTerminal, let quantity, !quantity.isAbove(filledQuantity) else { return nil }
    if mayGrow { return nil }
    state = .filled
    stateSince = now
    return filledQuantity.isAbove(quantity) ? .overfill : nil
  }
}
