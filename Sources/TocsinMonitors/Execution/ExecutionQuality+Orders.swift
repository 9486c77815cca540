import Tocsin

// How orders enter and leave the figures.
extension ExecutionQuality {
  /// Takes in the order whose record is in a slot of the ledger.
  mutating func append(_ slot: Int, at now: Instant) {
    let symbol = orders[slot: slot].symbol
    let contract = contracts[symbol] ?? ContractTerms()
    let trade = Trade(orders[slot: slot], contract)
    makeRoom(at: now)
    let places = places(symbol, trade.side, contract)
    let place = pool.nextPlace
    pool.append(trade, in: places, at: now)
    for dimension in 0..<4 where places[dimension] >= 0 {
      let scope = Int(places[dimension])
      scopes[scope].append(place, to: &pool, limits)
      touch(scope, at: now)
    }
    for (slot, leg) in MeanFigure.legs.enumerated() where trade.defined & leg.bit != 0 {
      distributions[slot].record(nanoseconds: trade.means[leg.rawValue])
    }
  }

  /// Lets what is older than the look-back of time leave it. Amortised O(1).
  mutating func forget(at now: Instant) {
    while firstRecent < pool.total {
      let place = firstRecent % pool.capacity
      let row = pool.rows[place]
      guard now >= row.endedAt.advanced(byNanoseconds: lookBack) else { return }
      firstRecent += 1
      for dimension in 0..<4 where row.scopes[dimension] >= 0 {
        let scope = Int(row.scopes[dimension])
        guard scopes[scope].oldestRecent == place else { continue }
        scopes[scope].dropRecent(pool)
        touch(scope, at: row.endedAt.advanced(byNanoseconds: lookBack))
      }
    }
  }

  /// The oldest order of the pool leaves its scopes when the pool is full.
  private mutating func makeRoom(at now: Instant) {
    guard pool.count == pool.capacity else { return }
    let place = pool.nextPlace
    let row = pool.rows[place]
    for dimension in 0..<4 where row.scopes[dimension] >= 0 {
      let scope = Int(row.scopes[dimension])
      guard scopes[scope].oldest == place else { continue }
      scopes[scope].dropOldest(pool)
      touch(scope, at: now)
    }
    firstRecent = max(firstRecent, pool.total - pool.capacity + 1)
  }

  private mutating func touch(_ scope: Int, at instant: Instant) {
    touchedAt = min(touchedAt, instant)
    guard !scopes[scope].isTouched else { return }
    scopes[scope].isTouched = true
    touched.append(scope)
  }

  private mutating func places(
    _ symbol: String,
    _ side: Side?,
    _ contract: ContractTerms
  ) -> SIMD4<Int32> {
    var places = SIMD4<Int32>(0, -1, -1, -1)
    if let side { places[1] = side == .buy ? 1 : 2 }
    if let symbol = symbols.state(of: symbol) ?? list(symbol) {
      places[2] = Int32(symbol)
    } else {
      unlistedCount += 1
    }
    if let venue = contract.venue, let place = venues.state(of: venue) ?? list(venue: venue) {
      places[3] = Int32(place)
    }
    return places
  }

  private mutating func list(_ symbol: String) -> Int? {
    guard symbols.count < limits.symbolLimit else { return nil }
    let place = add(ScopeWindow(.symbol(symbol), dimension: 2))
    symbols.insert(symbol, place)
    return place
  }

  private mutating func list(venue: String) -> Int? {
    guard venues.count < limits.venueLimit else { return nil }
    let place = add(ScopeWindow(.venue(venue), dimension: 3))
    venues.insert(venue, place)
    return place
  }

  private mutating func add(_ scope: ScopeWindow) -> Int {
    if let place = free.popLast() {
      scopes[place] = scope
      return place
    }
    scopes.append(scope)
    return scopes.count - 1
  }

  /// A symbol without orders makes room for another.
  mutating func recycle(_ place: Int) {
    guard scopes[place].count == 0, case .symbol(let symbol) = scopes[place].scope,
      let slot = symbols.slot(of: symbol), symbols[slot] == place
    else { return }
    symbols.remove(slot)
    free.append(place)
  }

  /// Tells what began to break its limit, or stopped. A figure that has orders but no number changes
  /// nothing: what fired goes on firing until a number says otherwise. Without orders it ends.
  mutating func judge(_ place: Int, _ changes: inout [ExecutionReading]) {
    // One copy for all metrics: asked in its place, the window would be copied for each.
    let window = scopes[place]
    for metric in limited {
      let bit = UInt32(1) << UInt32(truncatingIfNeeded: metric.index)
      let (value, samples) = window.value(of: metric, in: pool)
      guard value.number != nil || samples == 0 else { continue }
      let isBroken = value.number.map { limits.isBroken(metric, by: $0) } ?? false
      let fires = isBroken && samples >= limits.minimumSamples
      guard fires != (window.firing & bit != 0) else { continue }
      scopes[place].firing ^= bit
      changes.append(reading(metric, place))
    }
  }

  static func contracts(_ instruments: [Instrument]) -> [String: ContractTerms] {
    var contracts: [String: ContractTerms] = [:]
    for instrument in instruments {
      var terms = ContractTerms()
      terms.venue = instrument.venue
      terms.currency = instrument.currency
      terms.multiplier = instrument.multiplier.double
      contracts[instrument.symbol] = contracts[instrument.symbol]?.agreed(with: terms) ?? terms
    }
    return contracts
  }
}

extension ContractTerms {
  /// What two instruments of one symbol agree on. A multiplier that differs makes fees unknown.
  func agreed(with other: ContractTerms) -> ContractTerms {
    var terms = self
    if venue != other.venue { terms.venue = nil }
    if currency != other.currency || multiplier != other.multiplier { terms.currency = nil }
    return terms
  }
}

extension ExecutionMetric {
  /// The place of the metric among all.
  var index: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}
