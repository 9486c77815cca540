/// Which way an order trades.
public enum Side: String, Hashable, Codable, Sendable, CaseIterable {
  case buy, sell

  /// 1 for buy, -1 for sell.
  public var sign: Int { self == .buy ? 1 : -1 }

  /// The other side: what closes a position that this side opened.
  public var opposite: Side { self == .buy ? .sell : .buy }
}
