/// The sums of all figures over the orders of one scope. Exact for means, which are whole numbers
/// added in 128 bits, and as good as exact for ratios.
struct FigureSums: Sendable {
  private struct Mean: Sendable {
    var sum: Int128 = 0
    var count: Int32 = 0

    /// Within a unit in its last place. The standard conversion of 128 bits takes a microsecond.
    var double: Double {
      let high = Int64(truncatingIfNeeded: sum >> 64)
      let low = UInt64(truncatingIfNeeded: sum)
      if high == Int64(bitPattern: low) >> 63 { return Double(Int64(bitPattern: low)) }
      return Double(high) * 0x1p64 + Double(low)
    }
  }

  private struct Ratio: Sendable {
    var numerator = PreciseSum()
    var base = PreciseSum()
    var count: Int32 = 0
  }

  private var means = [Mean](repeating: Mean(), count: MeanFigure.count)
  private var ratios = [Ratio](repeating: Ratio(), count: RatioFigure.count)
  /// The figures whose numbers are kept in order too, because somebody asked for a quantile.
  private(set) var sorted: UInt32 = 0
  private var blocks: [SortedBlocks] = []

  /// Adds what an order has of some figures.
  mutating func add(_ place: Int, of pool: TradePool, _ bits: UInt32) {
    var rest = bits & (1 << UInt32(MeanFigure.count) - 1)
    while rest != 0 {
      let figure = rest.trailingZeroBitCount
      rest &= rest - 1
      let number = pool.mean(figure, at: place)
      means[figure].sum += Int128(number)
      means[figure].count += 1
      if sorted & (1 << UInt32(figure)) != 0 { blocks[figure].insert(number) }
    }
    var ratioBits = bits >> UInt32(MeanFigure.count)
    while ratioBits != 0 {
      let figure = ratioBits.trailingZeroBitCount
      ratioBits &= ratioBits - 1
      let (numerator, base) = pool.ratio(RatioFigure.all[figure], at: place)
      ratios[figure].numerator.add(numerator)
      ratios[figure].base.add(base)
      ratios[figure].count += 1
    }
  }

  /// Takes away what an order has of some figures.
  mutating func remove(_ place: Int, of pool: TradePool, _ bits: UInt32) {
    var rest = bits & (1 << UInt32(MeanFigure.count) - 1)
    while rest != 0 {
      let figure = rest.trailingZeroBitCount
      rest &= rest - 1
      let number = pool.mean(figure, at: place)
      means[figure].sum -= Int128(number)
      means[figure].count -= 1
      if sorted & (1 << UInt32(figure)) != 0 { blocks[figure].remove(number) }
    }
    var ratioBits = bits >> UInt32(MeanFigure.count)
    while ratioBits != 0 {
      let figure = ratioBits.trailingZeroBitCount
      ratioBits &= ratioBits - 1
      remove(pool.ratio(RatioFigure.all[figure], at: place), from: figure)
    }
  }

  private mutating func remove(_ ratio: (numerator: Double, base: Double), from figure: Int) {
    ratios[figure].count -= 1
    guard ratios[figure].count > 0 else { return ratios[figure] = Ratio() }
    ratios[figure].numerator.add(-ratio.numerator)
    ratios[figure].base.add(-ratio.base)
  }

  func samples(of figure: MeanFigure) -> Int { Int(means[figure.rawValue].count) }
  func samples(of figure: RatioFigure) -> Int { Int(ratios[figure.rawValue].count) }

  /// Nil without orders.
  func value(of figure: MeanFigure) -> Double? {
    let mean = means[figure.rawValue]
    return mean.count > 0 ? mean.double / Double(mean.count) / figure.divisor : nil
  }

  /// Nil without orders, or when the denominator is not positive.
  func value(of figure: RatioFigure) -> Double? {
    let ratio = ratios[figure.rawValue]
    let base = ratio.base.value
    guard ratio.count > 0, base > 0 else { return nil }
    return ratio.numerator.value / base
  }

  /// Keeps the numbers of a figure in order from now on; `numbers` are those that count now.
  mutating func sort(_ figure: MeanFigure, _ numbers: [Int64]) {
    sorted |= figure.bit
    if blocks.isEmpty {
      blocks = Array(repeating: SortedBlocks(), count: MeanFigure.count)
    }
    var block = SortedBlocks()
    for number in numbers { block.insert(number) }
    blocks[figure.rawValue] = block
  }

  func quantile(_ fraction: Double, of figure: MeanFigure) -> Double? {
    guard sorted & figure.bit != 0 else { return nil }
    return blocks[figure.rawValue].quantile(fraction).map { $0 / figure.divisor }
  }
}
