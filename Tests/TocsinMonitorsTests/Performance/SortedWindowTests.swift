import CustomDump
import Testing
import TocsinTesting

@testable import TocsinMonitors

struct SortedWindowTests {
  /// Few different values, so that equal ones meet, and both zeros.
  private static let values = [-2, -1, -0.0, 0, 0.5, 1, 1, 3].map { Double($0) }

  @Test(arguments: [1, 2, 3, 7, 100])
  func `a value that takes another's place leaves the window as sorting it would`(size: Int) {
    for seed in 0..<200 {
      var random = SeededRandom(seed: UInt64(seed))
      var kept: [Double] = []
      var window = SortedWindow(capacity: size)
      for _ in 0..<3 * size + 10 {
        let value = Self.values.randomElement(using: &random)!
        if kept.count == size {
          window.replace(kept.removeFirst(), with: value)
        } else {
          window.insert(value)
        }
        kept.append(value)
        expectNoDifference(window.values, kept.sorted(), "seed \(seed)")
      }
    }
  }

  @Test func `a value that is not there leaves nothing behind`() {
    var window = SortedWindow(capacity: 4)
    window.insert(1)
    window.replace(2, with: 3)
    expectNoDifference(window.values, [1, 3])
  }
}
