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
    let rest = restSign
    guard !state.isTerminal else { return rest ?? 0 < 0 ? .overfill : .fillAfterEnd }
    let wasAtBroker = submittedAt != nil || acknowledgedAt != nil || state == .unconfirmed
    if state != .partiallyFilled {
      state = .partiallyFilled
      stateSince = now
    }
    return complete(rest, at: now) ?? (wasAtBroker ? nil : .outOfOrder)
  }

  /// The sign of what is left to fill; nil when the quantity is not known.
  private var restSign: Int? { quantity.map { $0.signOfDifference(to: filledQuantity) } }

  /// Ends the order when all of it is filled. Not while we wait to hear whether it has more quantity
  /// than is filled: it may be live.
  mutating func completeIfFilled(at now: Instant) -> OrderFinding.Kind? {
    state.isTerminal ? nil : complete(restSign, at: now)
  }

  private mutating func complete(_ rest: Int?, at now: Instant) -> OrderFinding.Kind? {
    guard let rest, rest <= 0, !mayGrow else { return nil }
    state = .filled
    stateSince = now
    return rest < 0 ? .overfill : nil
  }
}
