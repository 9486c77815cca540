#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
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
}

extension OrderRecord {
  /// We asked for a change. A cancel takes the place of a replacement that is on its way.
  mutating func request(
    _ kind: PendingChange.Kind,
    _ quantity: Decimal?,
    _ price: Decimal?,
    at now: Instant
  ) -> OrderFinding.Kind? {
    guard Self.isValid(quantity, price) else { return .invalid }
    guard !state.isTerminal else { return .stepAfterEnd }
    if kind == .cancel, pending?.kind == .cancel { return .duplicate }
    if pending?.kind != .cancel { pending = PendingChange(kind: kind, since: now) }
    return submittedAt == nil && acknowledgedAt == nil && firstFillAt == nil ? .outOfOrder : nil
  }

  /// The venue changed the order, asked or not. A quantity below what is filled ends it: there is
  /// nothing left to trade.
  mutating func replace(
    _ quantity: Decimal?,
    _ price: Decimal?,
    at now: Instant
  ) -> OrderFinding.Kind? {
    guard Self.isValid(quantity, price) else { return .invalid }
    guard !state.isTerminal else { return .stepAfterEnd }
    let wasAsked = pending?.kind == .replace
    let isSame = (quantity ?? self.quantity) == self.quantity && (price ?? limitPrice) == limitPrice
    if wasAsked { pending = nil }
    if let quantity { self.quantity = max(quantity, filledQuantity) }
    limitPrice = price ?? limitPrice
    if let finding = completeIfFilled(at: now) { return finding }
    return isSame && !wasAsked ? .duplicate : nil
  }

  /// The broker refused a change. That of an order that ended meanwhile is the normal end of a race.
  mutating func refuse(_ kind: PendingChange.Kind) -> OrderFinding.Kind? {
    guard pending?.kind == kind else { return state.isTerminal ? .stepAfterEnd : .outOfOrder }
    pending = nil
    return nil
  }

  private static func isValid(_ quantity: Decimal?, _ price: Decimal?) -> Bool {
    (quantity.map { $0.isFinite && $0 > 0 } ?? true) && (price?.isFinite ?? true)
  }
}
