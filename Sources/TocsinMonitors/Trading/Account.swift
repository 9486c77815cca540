#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tocsin

/// What an account holds of one currency or asset.
public struct Balance: Hashable, Codable, Sendable {
  /// The currency or asset, as the venue writes it.
  public var currency: String
  /// All of it, what is frozen included; negative when borrowed.
  public var total: Decimal
  /// What orders and withdrawals hold back. Part of the total: value that is frozen is not lost.
  public var frozen: Decimal

  /// Makes a balance.
  public init(currency: String, total: Decimal, frozen: Decimal = 0) {
    self.currency = currency
    self.total = total
    self.frozen = frozen
  }

  /// What can be used now: the total less what is frozen.
  public var available: Decimal { total - frozen }
}

/// The cash of one account at one moment, as one book has it.
public struct AccountReport: Hashable, Codable, Sendable, KeyedEvent {
  /// Whose view it is.
  public var book: Book
  /// The account, where there are several; empty where there is one.
  public var account: String
  /// What it holds, in any order. A currency that is not in a complete report is zero.
  public var balances: [Balance]
  /// What the whole account is worth, open positions and frozen value included; nil when the book
  /// does not say.
  public var equity: Money?
  /// False when the query failed or gave only a part: a currency that is missing is then unknown,
  /// never zero.
  public var isComplete: Bool
  /// Which question it answers: ``BookRequest/asked`` of the request. Nil when nobody asked, or the
  /// gateway cannot tell; an old answer may then pass for that of the question at hand.
  public var answers: Instant?

  /// Makes a report.
  public init(
    book: Book,
    account: String = "",
    balances: [Balance],
    equity: Money? = nil,
    isComplete: Bool = true,
    answers: Instant? = nil
  ) {
    self.book = book
    self.account = account
    self.balances = balances
    self.equity = equity
    self.isComplete = isComplete
    self.answers = answers
  }

  /// The account.
  public var key: String { account }
}
