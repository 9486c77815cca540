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
    at now: Instant,
    _ touch: Touch?
  ) -> OrderFinding.Kind? {
    guard event.symbol == symbol else { return .symbolChanged }
    if let id = event.venueOrder { venueOrder = id }
    let wasOpen = !state.isTerminal
    let kind = take(event, at: now, touch, isNew)
    if wasOpen, state.isTerminal {
      raced = pending?.kind
      (pending, overtaken) = (nil, nil)
      closing = touch
    }
    return isNew && !event.kind.isFirst && kind != .invalid ? .unknownOrder : kind
  }

  private mutating func take(
    _ event: OrderEvent,
    at now: Instant,
    _ touch: Touch?,
    _ isNew: Bool
  ) -> OrderFinding.Kind? {
    let venue = event.venueInstant
    return switch event.kind {
    case .signalled: signal(event.kind, isNew: isNew, at: now)
    case .submitted: submit(at: now, touch)
    case .unconfirmed: doubt(at: now)
    case .acknowledged: acknowledge(at: now, venue: venue)
    case .filled(let quantity, let price, let id, let fee):
      fill(quantity, price, id, fee, at: now, venue: venue)
    case .replaceRequested(let quantity, let price):
      request(PendingChange(kind: .replace, since: now, quantity: quantity, limitPrice: price))
    case .cancelRequested: request(PendingChange(kind: .cancel, since: now))
    case .replaced(let quantity, let price): replace(quantity, price, venue: venue, at: now)
    case .replaceRejected: refuse(.replace, at: now)
    case .cancelRejected: refuse(.cancel, at: now)
    case .rejected: filledQuantity.isAboveZero ? reject(at: now) : end(.rejected, at: now)
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
    guard quantity.isUsable, quantity.isAboveZero, price?.isUsable ?? true, limit?.isUsable ?? true
    else {
      return .invalid
    }
    self.side = side
    self.quantity = self.quantity ?? quantity
    (decisionPrice, self.strategy) = (price, strategy)
    limitPrice = limitPrice ?? limit
    if isNew || signalledAt == nil && !wasSent { signalledAt = now }
    return isNew ? nil : completeIfFilled(at: now) ?? .outOfOrder
  }

  private mutating func submit(at now: Instant, _ touch: Touch?) -> OrderFinding.Kind? {
    guard !state.isTerminal else { return submittedAt == nil ? .outOfOrder : .stepAfterEnd }
    guard submittedAt == nil else { return .duplicate }
    guard state == .signalled else { return .outOfOrder }
    submittedAt = now
    arrival = touch
    enter(.submitted, at: now)
    return nil
  }

  /// The outcome of sending the order, or of what we asked for last, is unknown.
  private mutating func doubt(at now: Instant) -> OrderFinding.Kind? {
    switch state {
    case .signalled, .submitted:
      if pending != nil { _ = doubtPending() }
      enter(.unconfirmed, at: now)
      return nil
    case .unconfirmed: return pending == nil ? .duplicate : doubtPending()
    case .acknowledged, .partiallyFilled: return doubtPending()
    case .filled, .rejected, .cancelled, .expired:
      return submittedAt == nil ? .outOfOrder : .stepAfterEnd
    }
  }

  private mutating func acknowledge(at now: Instant, venue: Instant?) -> OrderFinding.Kind? {
    guard acknowledgedAt == nil else { return state.isTerminal ? .stepAfterEnd : .duplicate }
    if state.isTerminal && state != .filled { return .stepAfterEnd }
    let finding: OrderFinding.Kind? =
      submittedAt != nil || state == .unconfirmed ? nil : .outOfOrder
    acknowledgedAt = now
    venueAcknowledgedAt = venue
    if state != .filled, state != .partiallyFilled { enter(.acknowledged, at: now) }
    return finding
  }

  private mutating func reject(at now: Instant) -> OrderFinding.Kind? {
    end(.rejected, at: now) ?? .rejectedAfterFill
  }

  private mutating func end(_ next: OrderState, at now: Instant) -> OrderFinding.Kind? {
    guard !state.isTerminal else { return state == next ? .duplicate : .stepAfterEnd }
    enter(next, at: now)
    return nil
  }
}

extension OrderEvent.Kind {
  /// Whether the life of an order begins with it.
  var isFirst: Bool { if case .signalled = self { true } else { false } }
  /// Whether something was traded.
  var isFill: Bool { if case .filled = self { true } else { false } }
}
