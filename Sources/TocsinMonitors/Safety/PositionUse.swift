#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// How much of something is used: the current amount and the most there may be.
public struct Share: Hashable, Codable, Sendable {
  /// How much there is; nil when it is not known.
  public var current: Decimal?
  /// How much there may be; nil when it is not known.
  public var maximum: Decimal?

  /// Makes a share of amounts in one unit.
  public init(_ current: Decimal?, of maximum: Decimal?) {
    self.current = current
    self.maximum = maximum
  }

  /// The current amount ÷ the maximum, or why there is none.
  public var ratio: UseRatio {
    guard let maximum else { return .undefined(.maximumUnknown) }
    guard let current else { return .undefined(.currentUnknown) }
    if maximum.isNaN || current.isNaN || current < 0 { return .undefined(.invalid) }
    guard maximum > 0 else { return .undefined(.maximumNotPositive) }
    let ratio = current.double / maximum.double
    return ratio.isFinite ? .value(ratio) : .undefined(.invalid)
  }
}

/// A share as a number, or why there is none. Never zero, infinite or NaN in place of none.
public enum UseRatio: Hashable, Codable, Sendable {
  /// The number; above 1 when the maximum is exceeded.
  case value(Double)
  /// There is none.
  case undefined(Cause)

  /// Why there is no number.
  public enum Cause: String, CaseIterable, Hashable, Codable, Sendable {
    case notReported, currentUnknown, maximumUnknown, maximumNotPositive, invalid
  }

  /// The number, if there is one.
  public var number: Double? { if case .value(let number) = self { number } else { nil } }

  /// Whichever is worse: none is worse than any number.
  func worse(_ other: UseRatio) -> UseRatio {
    guard let number, let second = other.number else { return self.number == nil ? self : other }
    return number >= second ? self : other
  }
}

/// How much of the permitted positions is in use, of the whole account or of one key.
public struct PositionUse: Hashable, Codable, Sendable {
  /// A symbol, a strategy, a sector; empty for the whole.
  public var key: String
  /// Σ of the absolute values of the positions, all in one currency; nil when it is not limited.
  public var notional: Share?
  /// The number of positions; nil when it is not limited.
  public var count: Share?

  /// Makes a report.
  public init(key: String = "", notional: Share? = nil, count: Share? = nil) {
    self.key = key
    self.notional = notional
    self.count = count
  }

  /// The worse of both shares.
  public var ratio: UseRatio {
    switch (notional?.ratio, count?.ratio) {
    case (nil, nil): .undefined(.notReported)
    case (let one?, nil), (nil, let one?): one
    case (let one?, let other?): one.worse(other)
    }
  }
}
