#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// How bad a difference between the books is. `minor < moderate < critical`.
public enum DriftTier: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
  /// May be reconciled automatically.
  case minor
  /// A person should look at it.
  case moderate
  /// Trading should halt.
  case critical

  private var rank: Int {
    switch self {
    case .minor: 0
    case .moderate: 1
    case .critical: 2
    }
  }

  public static func < (left: DriftTier, right: DriftTier) -> Bool { left.rank < right.rank }

  /// The severity of an alert about it: info, warning, critical.
  public var severity: Severity {
    switch self {
    case .minor: .info
    case .moderate: .warning
    case .critical: .critical
    }
  }
}

/// One difference between our book and the broker's, or a reason why they cannot be compared.
public struct DriftFinding: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// What is different.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable, Comparable {
    /// Both hold it, but not as much.
    case quantityMismatch
    /// Both hold it, at another average price.
    case priceMismatch
    /// Only the broker holds it.
    case unknownPosition
    /// Only we believe to hold it.
    case ghostPosition
    /// A report has the symbol twice, or a quantity or price that is not a number. The symbol was
    /// not compared.
    case invalidReport
    /// The query of our own book failed or was partial. Nothing was compared.
    case localQueryFailed
    /// The query of the broker failed or was partial. Nothing was compared.
    case brokerQueryFailed

    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// Names one kind of difference about one symbol.
  public struct Key: Hashable, Codable, Sendable {
    /// The symbol; empty for a failed query.
    public var symbol: String
    /// What is different.
    public var kind: Kind
  }

  /// The symbol; empty for a failed query.
  public var symbol: String
  /// What is different.
  public var kind: Kind
  /// How bad it is.
  public var tier: DriftTier
  /// Our position; nil when there is none, or it was not compared.
  public var local: Position?
  /// The broker's position; nil when there is none, or it was not compared.
  public var broker: Position?
  /// Firing while the difference is there, resolved when it is gone.
  public var phase: Phase

  /// Makes a finding.
  public init(
    symbol: String,
    kind: Kind,
    tier: DriftTier,
    local: Position? = nil,
    broker: Position? = nil,
    phase: Phase = .firing
  ) {
    self.symbol = symbol
    self.kind = kind
    self.tier = tier
    self.local = local
    self.broker = broker
    self.phase = phase
  }

  /// The symbol and what is different.
  public var key: Key { Key(symbol: symbol, kind: kind) }
  /// The severity that goes with the tier.
  public var severity: Severity { tier.severity }

  /// The broker's quantity less ours: what has to be added to our book to make them equal.
  public var difference: Decimal { (broker?.quantity ?? 0) - (local?.quantity ?? 0) }

  /// The same as an alert: `drift.quantityMismatch` and the like, about the symbol.
  public var alert: Alert {
    Alert(
      "drift.\(kind.rawValue)",
      severity,
      subject: symbol,
      message: message,
      value: difference.double,
      phase: phase,
      labels: ["tier": tier.rawValue]
    )
  }

  private var message: String {
    guard phase == .firing else { return "\(subject): resolved." }
    return switch kind {
    case .localQueryFailed: "Our own book could not be read in full: drift is unknown."
    case .brokerQueryFailed: "The broker's book could not be read in full: drift is unknown."
    case .invalidReport: "\(symbol) is twice in a report, or not a number: it was not compared."
    case .priceMismatch: "\(symbol): price \(price(local)) here, \(price(broker)) at the broker."
    case .quantityMismatch, .unknownPosition, .ghostPosition:
      "\(symbol): \(quantity(local)) here, \(quantity(broker)) at the broker."
    }
  }

  private var subject: String { symbol.isEmpty ? kind.rawValue : "\(symbol) \(kind.rawValue)" }

  private func quantity(_ position: Position?) -> String { "\(position?.quantity ?? 0)" }
  private func price(_ position: Position?) -> String { "\(position?.averagePrice ?? 0)" }
}
