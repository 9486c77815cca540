/// The events of a workload, one after another, from a seed.
struct EventStream {
  private var random: SplitMix64
  private var instant: Int64 = 1_000_000_000
  private let symbols: UInt64
  private let stretch: Int64
  private let tick: Int64?

  init(symbols: Int, stretch: Int64, tick: Int64?, seed: UInt64) {
    random = SplitMix64(seed: seed)
    self.symbols = UInt64(symbols)
    self.stretch = stretch
    self.tick = tick
  }

  /// The next event: a value in 0..<100, and in one of a hundred moved by 200 to the side that the
  /// event's monitor watches.
  mutating func next() -> MarketEvent {
    instant += gap()
    let symbol = UInt32(random.next() % symbols)
    let kind = UInt8(random.next() % 3)
    let value = Double(random.next() >> 11) * 0x1p-53 * 100 + shift(kind: kind)
    return MarketEvent(value: value, instant: instant, symbol: symbol, kind: kind)
  }

  private mutating func gap() -> Int64 {
    let bits = random.next()
    guard let tick else { return stretch * (50_000 + Int64(bits % 100_001)) }
    return tick * Int64(1 + bits % 2)
  }

  private mutating func shift(kind: UInt8) -> Double {
    let bits = random.next()
    guard bits % 100 == 0 else { return 0 }
    let rises = kind == 0 || (kind == 2 && (bits >> 32) & 1 == 0)
    return rises ? 200 : -200
  }
}
