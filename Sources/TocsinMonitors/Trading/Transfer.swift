public import Tocsin

/// Money that came into an account or left it, other than by trading.
///
/// Without it a deposit would look like profit, and a withdrawal like drawdown.
public struct Transfer: Hashable, Codable, Sendable, KeyedEvent {
  /// The venue's id of it: equal ids of one account are the same transfer told twice.
  public var id: String
  /// The account; empty where there is one.
  public var account: String
  /// How much: positive when it came in, negative when it left.
  public var amount: Money

  /// Makes a transfer.
  public init(id: String, account: String = "", amount: Money) {
    self.id = id
    self.account = account
    self.amount = amount
  }

  /// The account.
  public var key: String { account }
}
