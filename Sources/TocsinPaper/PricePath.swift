#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// A way through one day's open, high, low and close: one tick about every three minutes.
///
/// The first tick is the open and the last, a second before the close, is the close; one tick is the
/// high and one the low, the farther one from the close first. Between them the path is straight
/// with seeded noise that never leaves the day's range. The prices of a day are real; the way
/// between them is not.
struct PricePath {
  static let steps = 130
  static let spacing = Duration.seconds(180)

  /// Prices in ten-thousandths of a dollar, `steps` and one for the close.
  let prices: [Int64]
  let instants: [Instant]

  init(
    _ price: AdjustedPrice,
    _ hours: TradingHours,
    stream: Int,
    _ generator: inout SeededGenerator
  ) {
    let rises = price.close >= price.open
    let anchors: [(at: Int, price: Int64)] = [
      (0, price.open),
      (Int(generator.number(20...60)), rises ? price.low : price.high),
      (Int(generator.number(70...110)), rises ? price.high : price.low),
      (PricePath.steps, price.close),
    ]
    prices = PricePath.prices(anchors, price, &generator)
    instants = (0...PricePath.steps).map { step in
      let last = step == PricePath.steps
      let base: Duration = last ? TradingHours.length - .seconds(1) : PricePath.spacing * step
      let jitter = last ? 0 : generator.number(0...1_999)
      return hours.open.advanced(by: base + .milliseconds(Int64(stream * 11) + jitter))
    }
  }

  private static func prices(
    _ anchors: [(at: Int, price: Int64)],
    _ price: AdjustedPrice,
    _ generator: inout SeededGenerator
  ) -> [Int64] {
    let noise = (price.high - price.low) / 20
    var prices = [anchors[0].price]
    for (start, end) in zip(anchors, anchors.dropFirst()) {
      for step in start.at + 1..<end.at {
        let share = (end.price - start.price) * Int64(step - start.at) / Int64(end.at - start.at)
        let straight = start.price + share + generator.number(-noise...noise)
        prices.append(min(price.high, max(price.low, straight)))
      }
      prices.append(end.price)
    }
    return prices
  }

  /// The price of the latest tick at an instant; the open before the first.
  func price(at instant: Instant) -> Int64 {
    let index = instants.partitioningIndex { $0 > instant }
    return prices[max(0, index - 1)]
  }
}

extension Array {
  /// The first index whose element satisfies a condition that holds for all elements after it.
  func partitioningIndex(_ isAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Decimal {
  /// Ten-thousandths of a dollar as dollars.
  init(tenThousandths: Int64) {
    self.init(
      sign: tenThousandths < 0 ? .minus : .plus,
      exponent: -4,
      significand: Decimal(tenThousandths.magnitude)
    )
  }
}
