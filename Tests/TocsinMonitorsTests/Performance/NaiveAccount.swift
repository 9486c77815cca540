import Foundation

/// What fund units would be worth: money that comes in buys units at the price before it came.
///
/// Each figure is found by going through all marks again.
struct NaiveAccount {
  struct Mark {
    var seconds: Double
    var equity: Double
    var deposits: Double
  }

  var marks: [Mark] = []

  /// The price of a unit after each mark, from the last new start on, and where that start was.
  var prices: (start: Int, prices: [Double])? {
    var units = 0.0
    var held = 0.0
    var found: (start: Int, prices: [Double])?
    for (place, mark) in marks.enumerated() {
      let flow = place > 0 ? mark.deposits - marks[place - 1].deposits : 0
      guard found != nil else {
        if mark.equity > 0 {
          units = mark.equity
          found = (place, [1])
        }
        continue
      }
      let price = (mark.equity - flow - held) / units
      if mark.equity > 0, price <= 0 {
        (units, held) = (mark.equity, 0)
        found = (place, [1])
      } else {
        held += flow
        if mark.equity > 0 { (units, held) = (mark.equity / price, 0) }
        found?.prices.append(price)
      }
    }
    return found
  }

  /// The price against the highest so far.
  var drawdown: Double? {
    guard let prices = prices?.prices, let last = prices.last, let best = prices.max() else {
      return nil
    }
    return min(last / best - 1, 0)
  }

  /// The price against that at the start of a period, and against the highest since.
  func period(from start: Double) -> (sinceStart: Double?, sinceHigh: Double?)? {
    guard let found = prices, let last = found.prices.last else { return nil }
    let times = marks[found.start...].map(\.seconds)
    let first = times.lastIndex { $0 < start }.map { $0 - times.startIndex } ?? 0
    let since = Array(found.prices[first...])
    let best = since.max() ?? 0
    return (
      since[0] > 0 ? min(last / since[0] - 1, 0) : nil,
      best > 0 ? min(last / best - 1, 0) : nil
    )
  }

  /// What was earned since the last mark before an instant, or the first one.
  func profit(from start: Double) -> Double {
    guard let last = marks.last else { return 0 }
    let first = marks.last { $0.seconds < start } ?? marks[0]
    return last.equity - first.equity - (last.deposits - first.deposits)
  }
}
