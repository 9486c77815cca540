import CustomDump
import Testing

@testable import TocsinMonitors

struct SortedBlocksTests {
  @Test(arguments: [3, 1_000, 1_000_000])
  func `holds what a sorted array holds`(spread: Int) {
    for seed in 0..<5 {
      var random = MonitorRandom(seed: seed)
      var blocks = SortedBlocks()
      var naive: [Int64] = []
      for step in 0..<1_500 {
        let grows = step < 700 || random.below(step < 1_000 ? 2 : 3) == 0
        if grows || naive.isEmpty {
          let number = Int64(random.below(spread) - spread / 2)
          blocks.insert(number)
          naive.insert(number, at: naive.firstIndex { $0 >= number } ?? naive.count)
        } else {
          let number = naive.remove(at: random.below(naive.count))
          let isRemoved = blocks.remove(number)
          #expect(isRemoved, "seed \(seed)")
        }
        guard step % 97 == 0 || step == 1_499 else { continue }
        let all = (0..<naive.count).compactMap { blocks[$0] }
        #expect(all == naive, "seed \(seed), step \(step)")
        #expect(blocks[naive.count] == nil && blocks[-1] == nil)
      }
      let isRemoved = blocks.remove(Int64(spread))
      #expect(!isRemoved, "seed \(seed)")
    }
  }

  /// `numpy.quantile(numbers, fraction)` of numpy 2.4.6.
  @Test(arguments: [
    (0.0, -7.0), (0.1, -1.0), (0.25, -0.25), (0.5, 3.0), (0.9, 8.9), (0.99, 89.99), (1, 100),
  ])
  func `interpolates as numpy does`(fraction: Double, expected: Double) throws {
    var blocks = SortedBlocks()
    for number: Int64 in [4, 100, -7, 2, 4, 9, 0, 1, -1, -1, 8, 6] { blocks.insert(number) }
    let seen = try #require(blocks.quantile(fraction))
    #expect(abs(seen - expected) < 1e-11)
    #expect(blocks.quantile(-0.1) == nil && blocks.quantile(.nan) == nil)
  }
}
