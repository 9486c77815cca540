import CustomDump
import Testing
import TocsinMonitors

struct RecentTests {
  @Test func `keeps what a naive array keeps`() {
    for seed in 0..<300 {
      var random = MonitorRandom(seed: seed)
      let capacity = 1 + random.below(9)
      var recent = Recent<Int>(capacity: capacity)
      var naive: [Int] = []
      for value in 0..<60 {
        if random.below(3) == 0 {
          #expect(recent.removeOldest() == (naive.isEmpty ? nil : naive.removeFirst()))
        } else {
          let dropped = recent.append(value)
          #expect(dropped == (naive.count == capacity ? naive.removeFirst() : nil))
          naive.append(value)
        }
        #expect(Array(recent) == naive, "seed \(seed)")
      }
    }
  }

  @Test func `keeps one value at least`() {
    var recent = Recent<Int>(capacity: 0)
    recent.append(1)
    recent.append(2)
    expectNoDifference(Array(recent), [2])
  }
}
