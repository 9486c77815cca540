#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import Tocsin

/// Makes closed trades and equity marks of what a trading system tells its monitors.
///
/// A round trip from flat to flat is one trade, by average cost, with its fees; see
/// ``PositionLedger``. Fees in other currencies than that of the account are left out of its profit,
/// because no rate is known. Equity is what the reports of one book say it is; a report that is not
/// complete, or is in another currency, marks nothing. A transfer counts at the next report: let the
/// report that shows it come after it. O(1) an event.
public struct PerformanceIntake: Codable, Sendable {
  /// What to read, and what to make of it.
  public struct Settings: Hashable, Sendable, Codable {
    /// Whether the money is real.
    public var mode: TradingMode
    /// The currency of the account: of profits and of equity.
    public var currency: String
    /// Whose account reports are believed.
    public var book: Book
    /// Which account is read; empty where there is one.
    public var account: String

    /// Makes settings.
    public init(
      mode: TradingMode,
      currency: String,
      book: Book = .broker,
      account: String = ""
    ) {
      self.mode = mode
      self.currency = currency
      self.book = book
      self.account = account
    }
  }

  /// What is read, and what is made of it.
  public let settings: Settings
  /// The positions, and what of the fills was refused.
  public private(set) var positions: PositionLedger
  /// Transfers and reports that were not read, because they are in another currency.
  public private(set) var foreignCount = 0
  private var netDeposits: Decimal = 0
  private var transfers = Remembered<String, Bool>(capacity: 10_000)

  /// Makes an intake that begins flat, before any deposit.
  ///
  /// - Parameters:
  ///   - settings: What to read, and what to make of it.
  ///   - instruments: Where multipliers are found.
  public init(_ settings: Settings, instruments: [Instrument] = []) {
    self.settings = settings
    positions = PositionLedger(instruments: instruments)
  }

  /// Whether an event may change anything here.
  static func concerns(_ event: TradingEvent) -> Bool {
    switch event {
    case .order(let step): step.kind.isFirst || step.kind.isFill
    case .account, .transfer: true
    default: false
    }
  }

  /// Takes one event; gives the trade that it closed, if it did.
  public mutating func trade(_ event: OrderEvent, at now: Instant) -> ClosedTrade? {
    guard let trip = positions.receive(event, at: now)?.closed else { return nil }
    let profit = trip.netProfit(in: settings.currency)
    let used = trip.entryValue.magnitude
    return ClosedTrade(
      id: event.fillName,
      symbol: trip.symbol,
      strategy: trip.strategy ?? "",
      mode: settings.mode,
      profit: profit,
      returnOnCapital: used.isAboveZero ? profit.double / used.double : 0,
      opened: trip.openedAt,
      closed: trip.closedAt
    )
  }

  /// Takes one report of cash; gives the equity that it says, if it says it.
  public mutating func mark(_ report: AccountReport) -> EquityMark? {
    guard report.book == settings.book, report.account == settings.account, report.isComplete,
      let equity = report.equity
    else { return nil }
    guard equity.currency == settings.currency else {
      foreignCount += 1
      return nil
    }
    return EquityMark(mode: settings.mode, equity: equity.amount, netDeposits: netDeposits)
  }

  /// Takes one transfer; the same one counts once. What is no number, or makes the sum too large to
  /// be counted, changes nothing.
  public mutating func take(_ transfer: Transfer) {
    guard transfer.account == settings.account, transfers[transfer.id] == nil else { return }
    guard transfer.amount.currency == settings.currency else {
      transfers[transfer.id] = true
      return foreignCount += 1
    }
    let sum = netDeposits + transfer.amount.amount
    guard ExactAmount(sum) != nil else { return }
    transfers[transfer.id] = true
    netDeposits = sum
  }
}

extension OrderEvent {
  /// The order and the fill: what names the trade that it closes.
  fileprivate var fillName: String {
    if case .filled(_, _, let fill, _) = kind { "\(order)/\(fill)" } else { order }
  }
}
