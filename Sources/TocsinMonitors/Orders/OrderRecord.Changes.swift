#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// What we asked the broker to do with a live order, until the broker answers.
public struct PendingChange: Hashable, Codable, Sendable {
  /// What was asked.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// Another quantity or limit.
    case replace
    /// To cancel it.
    case cancel
  }

  /// What was asked.
  public var kind: Kind
  /// When.
  public var since: Instant
  /// The quantity in all that was asked for; nil when it shall stay.
  public var quantity: Decimal?
  /// The limit that was asked for; nil when it shall stay.
  public var limitPrice: Decimal?
  /// True when sending the request ended without an answer: it may have been carried out.
  public var isUnconfirmed = false

  /// Whether another request is this one again: it goes on waiting from when it was asked for first.
  func asksTheSame(as other: PendingChange) -> Bool {
    kind == other.kind && quantity == other.quantity && limitPrice == other.limitPrice
  }

  /// Whether the order having another quantity or limit answers this. It does when it says all that
  /// was asked, or names nothing; what differs was the venue's own doing, and we go on waiting.
  func isAnswered(by quantity: Decimal?, _ price: Decimal?) -> Bool {
    guard kind == .replace else { return false }
    if quantity == nil && price == nil { return true }
    return (self.quantity.map { $0 == quantity } ?? true)
      && (limitPrice.map { $0 == price } ?? true)
  }
}

extension OrderRecord {
  /// We asked for a change. A cancel takes the place of a replacement that is on its way. Asking for
  /// what the order already has waits for nothing.
  mutating func request(_ change: PendingChange) -> OrderFinding.Kind? {
    guard Self.isValid(change.quantity, change.limitPrice) else { return .invalid }
    guard !state.isTerminal else { return .stepAfterEnd }
    if let pending, pending.asksTheSame(as: change) { return .duplicate }
    if change.kind == .replace, isAsIs(change.quantity, change.limitPrice) { return .duplicate }
    if pending?.kind != .cancel {
      overtake(pending)
      pending = change
    } else {
      overtake(change)
    }
    return wasSent ? nil : .outOfOrder
  }

  /// Of the requests for another quantity that another request has overtaken, the one for the most
  /// is remembered: until it is answered the order may have as much.
  private mutating func overtake(_ change: PendingChange?) {
    guard let change, change.kind == .replace, let asked = change.quantity else { return }
    if let known = overtaken?.quantity, known >= asked { return }
    overtaken = change
  }

  /// The newest request is answered; what it overtook is waited for again.
  private mutating func answerPending() {
    pending = overtaken
    overtaken = nil
  }

  /// Whether an answer is outstanding that may give the order more than is filled.
  var mayGrow: Bool {
    [pending, overtaken].contains { change in
      guard let change, change.kind == .replace, let asked = change.quantity else { return false }
      return asked.isAbove(filledQuantity)
    }
  }

  /// The venue changed the order, asked or not. A quantity below what is filled ends it: there is
  /// nothing left to trade. What the venue did before its last change is late, and is ignored.
  mutating func replace(
    _ quantity: Decimal?,
    _ price: Decimal?,
    venue: Instant?,
    at now: Instant
  ) -> OrderFinding.Kind? {
    guard Self.isValid(quantity, price) else { return .invalid }
    guard !state.isTerminal else { return replaceAfterEnd(quantity) }
    if let venue, let last = replacedVenueAt, venue < last { return .outOfOrder }
    replacedVenueAt = venue ?? replacedVenueAt
    let isAnswer = pending?.isAnswered(by: quantity, price) ?? false
    // One that names no quantity answers one request only, the newest.
    let isLate =
      (quantity != nil || !isAnswer) && overtaken?.isAnswered(by: quantity, price) ?? false
    let isRepeat = isAsIs(quantity, price) && !isAnswer && !isLate
    // The venue takes requests in their order: one that names a quantity answers those before it.
    if isLate || (isAnswer && quantity != nil) { overtaken = nil }
    if isAnswer { answerPending() }
    if let quantity { self.quantity = max(quantity, filledQuantity) }
    limitPrice = price ?? limitPrice
    return completeIfFilled(at: now) ?? (isRepeat ? .duplicate : nil)
  }

  /// More quantity than is filled, for an order that we took for filled: it may be live.
  private func replaceAfterEnd(_ quantity: Decimal?) -> OrderFinding.Kind {
    guard state == .filled, let quantity, quantity > filledQuantity else { return .stepAfterEnd }
    return .mayBeLive
  }

  /// The broker refused a change. That of an order that ended meanwhile is the normal end of a race.
  mutating func refuse(_ kind: PendingChange.Kind, at now: Instant) -> OrderFinding.Kind? {
    if state.isTerminal {
      let isExpected = raced == kind
      raced = nil
      return isExpected ? nil : .stepAfterEnd
    }
    if pending?.kind == kind {
      answerPending()
    } else if kind == .replace, overtaken != nil {
      overtaken = nil
    } else {
      return .outOfOrder
    }
    return completeIfFilled(at: now)
  }

  /// Sending a request ended without an answer: it stays pending until the broker tells.
  mutating func doubtPending() -> OrderFinding.Kind? {
    guard let change = pending else { return .outOfOrder }
    pending?.isUnconfirmed = true
    return change.isUnconfirmed ? .duplicate : nil
  }

  private func isAsIs(_ quantity: Decimal?, _ price: Decimal?) -> Bool {
    (quantity ?? self.quantity) == self.quantity && (price ?? limitPrice) == limitPrice
  }

  private static func isValid(_ quantity: Decimal?, _ price: Decimal?) -> Bool {
    (quantity.map { $0.isUsable && $0 > 0 } ?? true) && (price?.isUsable ?? true)
  }
}
