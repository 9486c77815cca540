public import Tocsin

extension PerformanceBook {
  /// What became of an event.
  public enum Outcome: Hashable, Sendable {
    /// It counts.
    case counted
    /// It does not.
    case refused(Refusal)
  }

  /// Why an event does not count.
  public enum Refusal: String, CaseIterable, Hashable, Codable, Sendable {
    /// Its id was there before.
    case duplicate
    /// A number is none, or too large to be right.
    case notFinite
    /// The trade ends before it begins.
    case endsBeforeItBegins
  }

  /// When the trading day ends, and figures change without an event; never before the first event.
  public var nextBoundary: Instant { day.bounds.upperBound }

  /// Takes a closed trade.
  public mutating func receive(_ trade: ClosedTrade, at now: Instant) -> Outcome {
    guard ReturnSeries.isUsable(trade.returnOnCapital), let amount = ExactAmount(trade.profit)
    else {
      return refuse(.notFinite)
    }
    guard trade.opened <= trade.closed else { return refuse(.endsBeforeItBegins) }
    guard ids.insert(trade.id) else { return refuse(.duplicate) }
    count(trade, amount, at: now)
    return .counted
  }

  /// Takes a trade that was checked.
  mutating func count(_ trade: ClosedTrade, _ amount: ExactAmount, at now: Instant) {
    roll(to: now)
    trades.append(trade.returnOnCapital, amount, closed: trade.closed)
    day.realise(amount)
    week.realise(amount)
    isCurrent = false
  }

  /// Takes an equity mark.
  public mutating func receive(_ mark: EquityMark, at now: Instant) -> Outcome {
    var change: DrawdownChange?
    return receive(mark, at: now, &change)
  }

  /// Takes an equity mark; `change` is set when it begins or ends a drawdown worth telling.
  mutating func receive(
    _ mark: EquityMark,
    at now: Instant,
    _ change: inout DrawdownChange?
  ) -> Outcome {
    guard let equity = ExactAmount(mark.equity), let deposits = ExactAmount(mark.netDeposits) else {
      return refuse(.notFinite)
    }
    let now = roll(to: now)
    isCurrent = false
    if account == nil { account = AccountTrack(settings, at: now) }
    change = self.change(after: account?.mark(equity, deposits, &day, &week, at: now))
    return .counted
  }

  /// Lets time pass; true when a trading day has ended.
  public mutating func advance(to now: Instant) -> Bool {
    guard latest != nil, now >= day.bounds.upperBound else { return false }
    roll(to: now)
    isCurrent = false
    return true
  }
}

extension PerformanceBook {
  private mutating func refuse(_ refusal: Refusal) -> Outcome {
    isCurrent = false
    switch refusal {
    case .duplicate: refused.duplicates += 1
    case .notFinite: refused.notFinite += 1
    case .endsBeforeItBegins: refused.endsBeforeItBegins += 1
    }
    return .refused(refusal)
  }

  /// Begins the day and the week of `now`, or of the latest instant if that is later; gives it back.
  @discardableResult
  private mutating func roll(to now: Instant) -> Instant {
    guard let latest else {
      begin(at: now)
      return now
    }
    if now < latest { refused.clockWentBack += 1 }
    let now = max(now, latest)
    self.latest = now
    if now >= day.bounds.upperBound { turn(to: now) }
    return now
  }

  private mutating func begin(at now: Instant) {
    latest = now
    let today = cursor.day(of: now)
    day = PeriodTrack(today.bounds)
    week = PeriodTrack(today.week)
  }

  private mutating func turn(to now: Instant) {
    account?.close(day)
    let today = cursor.day(of: now)
    let wealth = account?.wealth ?? WealthIndex()
    day.begin(today.bounds, from: wealth)
    if now >= week.bounds.upperBound { week.begin(today.week, from: wealth) }
  }

  private mutating func change(after over: DrawdownEpisode?) -> DrawdownChange? {
    if let over, over.start == told {
      told = nil
      return DrawdownChange(key: key, episode: over, phase: .resolved)
    }
    guard let open = account?.drawdown.open, told == nil, open.depth <= -settings.episodeDepth
    else {
      return nil
    }
    told = open.start
    return DrawdownChange(key: key, episode: open, phase: .firing)
  }
}
