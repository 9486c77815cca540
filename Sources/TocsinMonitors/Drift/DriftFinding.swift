public import Tocsin

/// One difference between our book and the broker's, or a reason why they cannot be compared.
public struct DriftFinding: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Names one kind of difference about one item.
  public struct Key: Hashable, Codable, Sendable, Comparable {
    /// What it is about.
    public var item: DriftItem
    /// What is different.
    public var kind: Kind

    /// Makes a key.
    public init(_ item: DriftItem, _ kind: Kind) {
      self.item = item
      self.kind = kind
    }

    public static func < (left: Key, right: Key) -> Bool {
      (left.item, left.kind) < (right.item, right.kind)
    }
  }

  /// What it is about.
  public var item: DriftItem
  /// The symbol; empty for cash and for a failed query.
  public var symbol: String
  /// The account, where it is about the cash of one that has a name; else empty.
  public var account: String
  /// What is different.
  public var kind: Kind
  /// How bad it is.
  public var tier: DriftTier
  /// What we have; nil when there is none, or it was not compared.
  public var local: DriftValue?
  /// What the broker has; nil when there is none, or it was not compared.
  public var broker: DriftValue?
  /// Firing while the difference is there, resolved when it is gone.
  public var phase: Phase

  /// Makes a finding.
  ///
  /// - Parameters:
  ///   - item: What it is about; the position in `symbol` when nil.
  ///   - symbol: The symbol; empty for cash and for a failed query.
  ///   - account: The account, where it is about the cash of one that has a name.
  ///   - kind: What is different.
  ///   - tier: How bad it is.
  ///   - local: What we have.
  ///   - broker: What the broker has.
  ///   - phase: Whether it is there or gone.
  public init(
    _ item: DriftItem? = nil,
    symbol: String = "",
    account: String = "",
    kind: Kind,
    tier: DriftTier,
    local: DriftValue? = nil,
    broker: DriftValue? = nil,
    phase: Phase = .firing
  ) {
    self.item = item ?? DriftItem(.positions, symbol)
    self.symbol = symbol
    self.account = account
    self.kind = kind
    self.tier = tier
    self.local = local
    self.broker = broker
    self.phase = phase
  }

  /// The item and what is different.
  public var key: Key { Key(item, kind) }
  /// What is compared.
  public var topic: BookTopic { item.topic }
  /// The severity that goes with the tier.
  public var severity: Severity { tier.severity }

  /// The same, over.
  var resolved: DriftFinding {
    var finding = self
    finding.phase = .resolved
    return finding
  }
}
