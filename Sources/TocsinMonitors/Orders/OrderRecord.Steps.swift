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
  ) -> OrderFinding.Kind? {
    guard event.symbol == symbol else { return .symbolChanged }
    if let id = event.venueOrder { venueOrder = id }
    let kind = take(event.kind, isNew: isNew, at: now)
    return isNew && !event.kind.isFirst && kind != .invalid ? .unknownOrder : kind
  }

  private mutating func take(
    _ kind: OrderEvent.Kind,
    isNew: Bool,
    at now: Instant
  ) -> OrderFinding.Kind? {
    switch kind {
    case .signalled: signal(kind, isNew: isNew, at: now)
    case .submitted: submit(.submitted, at: now)
    case .unconfirmed: submit(.unconfirmed, at: now)
    case .acknowledged: acknowledge(at: now)
    case .filled(let quantity, let price, let id, let fee):
      fill(quantity, price, id, fee, at: now)
    case .replaceRequested(let quantity, let price): request(.replace, quantity, price, at: now)
    case .cancelRequested: request(.cancel, nil, nil, at: now)
    case .replaced(let quantity, let price): replace(quantity, price, at: now)
    case .replaceRejected: refuse(.replace)
    case .cancelRejected: refuse(.cancel)
    case .rejected: filledQuantity > 0 ? reject(at: now) : end(.rejected, at: now)
    case .cancelled: end(.cancelled, at: now)
    case .expired: end(.expired, at: now)
    }
  }

  private mutating func enter(_ next: OrderState, at now: Instant) {
    state = next
    stateSince = now
  }

  private mutating func signal(
    _ kind: OrderEvent.Kind,
    isNew: Bool,
    at now: Instant
  ) -> OrderFinding.Kind? {
    guard case .signalled(let side, let quantity, let price, let limit, let strategy) = kind else {
      return nil
    }
    guard self.side == nil else { return .duplicate }
    guard quantity.isFinite, quantity > 0, price?.isFinite ?? true, limit?.isFinite ?? true else {
      return .invalid
    }
    self.side = side
    self.quantity = self.quantity ?? quantity
    (decisionPrice, self.strategy) = (price, strategy)
    limitPrice = limitPrice ?? limit
    if isNew || signalledAt == nil && submittedAt == nil && firstFillAt == nil { signalledAt = now }
    return isNew ? nil : completeIfFilled(at: now) ?? .outOfOrder
  }

  private mutating func submit(_ next: OrderState, at now: Instant) -> OrderFinding.Kind? {
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

  private mutating func acknowledge(at now: Instant) -> OrderFinding.Kind? {
    guard acknowledgedAt == nil else { return state.isTerminal ? .stepAfterEnd : .duplicate }
    if state.isTerminal && state != .filled { return .stepAfterEnd }
    acknowledgedAt = now
    let wasSent = submittedAt != nil
    if state != .filled, state != .partiallyFilled { enter(.acknowledged, at: now) }
    return wasSent ? nil : .outOfOrder
  }

  private mutating func reject(at now: Instant) -> OrderFinding.Kind? {
    end(.rejected, at: now) ?? .rejectedAfterFill
  }

  private mutating func end(_ next: OrderState, at now: Instant) -> OrderFinding.Kind? {
    if next == .cancelled, pending?.kind == .cancel { pending = nil }
    guard !state.isTerminal else { return state == next ? .duplicate : .stepAfterEnd }
    pending = nil
    enter(next, at: now)
    return nil
  }

  private mutating func fill(
    _ quantity: Decimal,
    _ price: Decimal,
    _ id: String,
    _ fee: Money?,
    at now: Instant
  ) -> OrderFinding.Kind? {
    guard quantity.isFinite, quantity > 0, price.isFinite, fee?.amount.isFinite ?? true else {
      return .invalid
    }
    guard fills.insert(id).inserted else { return .duplicate }
    filledQuantity += quantity
    filledValue += quantity * price
    if let fee { fees[fee.currency, default: 0] += fee.amount }
    firstFillAt = firstFillAt ?? now
    lastFillAt = now
    return bookedFill(at: now)
  }

  private mutating func bookedFill(at now: Instant) -> OrderFinding.Kind? {
    let isOver = quantity.map { filledQuantity > $0 } ?? false
    guard !state.isTerminal else { return isOver ? .overfill : .fillAfterEnd }
    let wasSent = submittedAt != nil || acknowledgedAt != nil
    if state != .partiallyFilled { enter(.partiallyFilled, at: now) }
    return completeIfFilled(at: now) ?? (wasSent ? nil : .outOfOrder)
  }

  mutating func completeIfFilled(at now: Instant) -> OrderFinding.Kind? {
    guard !state.isTerminal, let quantity, filledQuantity >= quantity else { return nil }
    enter(.filled, at: now)
    return filledQuantity > quantity ? .overfill : nil
  }
}

extension OrderEvent.Kind {
  /// Whether the life of an order begins with it.
  fileprivate var isFirst: Bool { if case .signalled = self { true } else { false } }
}
