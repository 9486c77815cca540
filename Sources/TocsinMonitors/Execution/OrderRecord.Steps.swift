#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension OrderRecord {
  /// Takes one step; gives what is wrong with it.
  mutating func take(
    _ event: OrderEvent,
    isNew: Bool,
    at now: Instant
  ) -> ExecutionFinding.Kind? {
    guard event.symbol == symbol else { return .symbolChanged }
    switch event.kind {
    case .signalled(let side, let quantity, let price):
      return signal(side, quantity, price, isNew: isNew, at: now)
    case .submitted: return orUnknown(submit(.submitted, at: now), isNew)
    case .unconfirmed: return orUnknown(submit(.unconfirmed, at: now), isNew)
    case .acknowledged: return orUnknown(acknowledge(at: now), isNew)
    case .filled(let quantity, let price, let id):
      return fill(quantity, price, id, isNew: isNew, at: now)
    case .rejected:
      return orUnknown(filledQuantity > 0 ? reject(at: now) : end(.rejected, at: now), isNew)
    case .cancelled: return orUnknown(end(.cancelled, at: now), isNew)
    case .expired: return orUnknown(end(.expired, at: now), isNew)
    }
  }

  private func orUnknown(
    _ kind: ExecutionFinding.Kind?,
    _ isNew: Bool
  ) -> ExecutionFinding.Kind? {
    isNew ? .unknownOrder : kind
  }

  private mutating func enter(_ next: OrderState, at now: Instant) {
    state = next
    stateSince = now
  }

  private mutating func signal(
    _ side: Side,
    _ quantity: Decimal,
    _ price: Decimal?,
    isNew: Bool,
    at now: Instant
  ) -> ExecutionFinding.Kind? {
    guard self.side == nil else { return .duplicate }
    guard quantity.isFinite, quantity > 0, price?.isFinite ?? true else { return .invalid }
    self.side = side
    self.quantity = quantity
    decisionPrice = price
    if isNew || signalledAt == nil && submittedAt == nil && firstFillAt == nil { signalledAt = now }
    guard !isNew else { return nil }
    return completeIfFilled(at: now) ?? .outOfOrder
  }

  private mutating func submit(_ next: OrderState, at now: Instant) -> ExecutionFinding.Kind? {
    guard !state.isTerminal else { return submittedAt == nil ? .outOfOrder : .stepAfterEnd }
    switch (state, next) {
    case (.signalled, _):
      submittedAt = now
      enter(next, at: now)
      return nil
    case (.submitted, .unconfirmed):
      enter(next, at: now)
      return nil
    case (.submitted, _), (.unconfirmed, _): return .duplicate
    default: return submittedAt == nil || next == .unconfirmed ? .outOfOrder : .duplicate
    }
  }

  private mutating func acknowledge(at now: Instant) -> ExecutionFinding.Kind? {
    guard acknowledgedAt == nil else { return state.isTerminal ? .stepAfterEnd : .duplicate }
    if state.isTerminal && state != .filled { return .stepAfterEnd }
    acknowledgedAt = now
    let wasSent = submittedAt != nil
    if state != .filled, state != .partiallyFilled { enter(.acknowledged, at: now) }
    return wasSent ? nil : .outOfOrder
  }

  private mutating func reject(at now: Instant) -> ExecutionFinding.Kind? {
    end(.rejected, at: now) ?? .rejectedAfterFill
  }

  private mutating func end(_ next: OrderState, at now: Instant) -> ExecutionFinding.Kind? {
    guard !state.isTerminal else { return state == next ? .duplicate : .stepAfterEnd }
    enter(next, at: now)
    return nil
  }

  private mutating func fill(
    _ quantity: Decimal,
    _ price: Decimal,
    _ id: String,
    isNew: Bool,
    at now: Instant
  ) -> ExecutionFinding.Kind? {
    guard quantity.isFinite, quantity > 0, price.isFinite else { return .invalid }
    guard fills.insert(id).inserted else { return .duplicate }
    filledQuantity += quantity
    filledValue += quantity * price
    firstFillAt = firstFillAt ?? now
    lastFillAt = now
    return orUnknown(bookedFill(at: now), isNew)
  }

  private mutating func bookedFill(at now: Instant) -> ExecutionFinding.Kind? {
    let isOver = quantity.map { filledQuantity > $0 } ?? false
    guard !state.isTerminal else { return isOver ? .overfill : .fillAfterEnd }
    let wasSent = submittedAt != nil || acknowledgedAt != nil
    if state != .partiallyFilled { enter(.partiallyFilled, at: now) }
    return completeIfFilled(at: now) ?? (wasSent ? nil : .outOfOrder)
  }

  private mutating func completeIfFilled(at now: Instant) -> ExecutionFinding.Kind? {
    guard !state.isTerminal, let quantity, filledQuantity >= quantity else { return nil }
    enter(.filled, at: now)
    return filledQuantity > quantity ? .overfill : nil
  }
}
