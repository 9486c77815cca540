import CustomDump
import Testing
import Tocsin

@testable import TocsinMonitors

/// Single streams. Each has a venue of its own, unless the test is about more.
struct FeedWatchTests {
  private func fixed(_ seconds: Int = 60, during hours: WatchHours = .always) -> FeedBench {
    FeedBench(FeedWatch(.fixed(.seconds(seconds)), during: hours))
  }

  @Test func `fires once, at exactly the last tick plus the limit, and resolves at the next tick`()
  {
    var bench = fixed()
    bench.tick("A", at: 0)
    bench.tick("A", at: 7)
    bench.advance(to: 66.999_999_999)
    expectNoDifference(bench.take(), [])
    bench.advance(to: 1_000)
    #expect(bench.watch.nextDeadline == .distantFuture)
    bench.tick("A", at: 1_000)
    bench.tick("A", at: 1_001)
    bench.advance(to: 1_061)
    expectNoDifference(bench.take(), ["67 A firing", "1000 A resolved", "1061 A firing"])
  }

  @Test func `says how long a stream was silent, and what is too long`() throws {
    var watch = FeedWatch(.fixed(.seconds(60)))
    _ = watch.receive(.tick(FeedBench.key("A")), at: at(0))
    let due = try #require(watch.allDue(at: at(70)).first)
    let age = FeedAge(
      stream: FeedBench.key("A"),
      clock: .receive,
      age: .seconds(60),
      limit: .seconds(60),
      phase: .firing
    )
    expectNoDifference(due.output.ages, [age])
    #expect(due.instant == at(60) && due.isMade && due.reason == .absent)
    #expect(
      age.alert.message == "Nothing from X/A for 60 s (limit 60 s): the feed may be mute."
    )
    let back = watch.receive(.tick(FeedBench.key("A")), at: at(90))
    #expect(back.reason == .resolved)
    #expect(
      back.output?.ages.first?.alert.message == "X/A sends again after 90 s of silence."
    )
  }

  @Test func `finds a subscription that never delivers, from the first signal on`() {
    let watch = FeedWatch(.adaptive(), expecting: [FeedBench.key("A")])
    var bench = FeedBench(watch)
    bench.receive(.other, at: 5)
    bench.advance(to: 100)
    bench.tick("A", at: 101)
    expectNoDifference(bench.take(), ["65 A firing", "101 A resolved"])
    #expect(bench.watch.limit(of: FeedBench.key("A")) == .hours(1), "nothing is learned of it yet")
  }

  @Test func `a stream may have limits of its own`() {
    let own = [FeedBench.key("A", "Y"): SilenceLimits.fixed(.seconds(5))]
    var bench = FeedBench(FeedWatch(.fixed(.seconds(60)), ownLimits: own))
    bench.tick("A", "Y", at: 0)
    bench.tick("B", at: 0)
    bench.advance(to: 60)
    expectNoDifference(bench.take(), ["5 A firing", "60 B firing"])
  }

  @Test func `streams beyond the limit are told once, counted and not watched`() {
    var bench = FeedBench(FeedWatch(.fixed(.seconds(5)), streamLimit: 2))
    for number in 0..<5_000 { bench.tick("\(number)", "V\(number)", at: 0) }
    expectNoDifference(bench.take(), ["0 full at 2"])
    #expect(bench.watch.refusedCount == 4_998)
    bench.advance(to: 10)
    expectNoDifference(bench.take(), ["5 0 firing", "5 1 firing"])
  }

  @Test func `a million symbols take no more room than the limit`() {
    var watch = FeedWatch(streamLimit: 1_000)
    for number in 0..<1_000_000 {
      _ = watch.receive(.tick(StreamKey(venue: "X", symbol: "\(number)")), at: at(0))
    }
    #expect(watch.streamCount == 1_000)
    #expect(watch.refusedCount == 999_000)
  }

  @Test func `a stream that never delivered is told back when it is released`() {
    var bench = FeedBench(FeedWatch(.fixed(.seconds(5)), expecting: [FeedBench.key("A")]))
    bench.receive(.other, at: 0)
    bench.receive(.release(FeedBench.key("A")), at: 10)
    bench.advance(to: 100)
    expectNoDifference(bench.take(), ["5 A firing", "10 A resolved"])
  }

  @Test func `a released stream is told back, and waited for from its next tick`() {
    var bench = fixed()
    bench.tick("A", at: 0)
    bench.receive(.release(FeedBench.key("A")), at: 10)
    bench.advance(to: 200)
    #expect(bench.watch.streamCount == 0)
    bench.tick("A", at: 200)
    bench.advance(to: 260)
    bench.receive(.release(FeedBench.key("A")), at: 261)
    bench.receive(.release(FeedBench.key("A")), at: 262)
    expectNoDifference(bench.take(), ["260 A firing", "261 A resolved"])
  }

  @Test func `outside the hours nothing is missed, and limits run from the opening on`() {
    let hours = WatchHours.sessions([at(0)..<at(100), at(200)..<at(300)])
    var bench = fixed(5, during: hours)
    bench.tick("A", "U", at: 98)
    bench.tick("B", "V", at: 98)
    bench.tick("C", "W", at: 198)
    bench.advance(to: 201)
    bench.tick("B", "V", at: 201)
    bench.advance(to: 400)
    expectNoDifference(bench.take(), ["205 A firing", "205 C firing", "206 B firing"])
  }

  @Test func `the ends of a night teach nothing`() {
    let hours = WatchHours.sessions([at(0)..<at(1_000), at(50_000)..<at(60_000)])
    var bench = FeedBench(FeedWatch(.adaptive(), during: hours))
    for second in 0..<1_000 { bench.tick("A", at: Double(second)) }
    let limit = bench.watch.limit(of: FeedBench.key("A"))
    bench.tick("A", at: 50_001)
    #expect(bench.watch.limit(of: FeedBench.key("A")) == limit)
    expectNoDifference(bench.take(), [])
  }

  @Test func `after a suspension silence counts from the waking on`() {
    var bench = fixed(5)
    for symbol in ["A", "B", "C"] { bench.tick(symbol, symbol, at: 1) }
    bench.watch.resume(at: at(3_600))
    bench.advance(to: 3_604.9)
    bench.tick("A", "A", at: 3_604.95)
    expectNoDifference(bench.take(), [])
    bench.advance(to: 3_605)
    expectNoDifference(bench.take(), ["3605 B firing", "3605 C firing"])
  }

  @Test func `agrees with a naive model of many streams`() {
    for seed in 0..<500 {
      var random = MonitorRandom(seed: seed)
      var bench = fixed(10)
      var last: [String: Int] = [:]
      var expected: [String] = []
      var now = 0
      for _ in 0..<60 {
        let before = now
        now += random.below(9)
        let due = last.filter { $0.value + 10 > before && $0.value + 10 <= now }
        expected += due.map { "\($0.value + 10) \($0.key) firing" }
        let symbol = "\(random.below(4))"
        if let then = last[symbol], then + 10 <= now {
          expected.append("\(now) \(symbol) resolved")
        }
        last[symbol] = now
        bench.tick(symbol, "V\(symbol)", at: Double(now))
      }
      expectNoDifference(bench.take().sorted(), expected.sorted(), "seed \(seed)")
    }
  }

  @Test func `takes less than 4 KiB for a stream, with its lag`() {
    let key = MemoryLayout<StreamKey>.stride
    let timer = 24
    let places = 2 * 8 + 8  // Two places of the hash table for a key at worst, and the free list.
    let watched = MemoryLayout<FeedStream>.stride + key + timer + places
    let dated = MemoryLayout<LagTrack>.stride + 16 + key + places
    #expect(watched <= 512, "\(watched)")
    #expect(dated <= 512, "\(dated)")
    // Tables and arrays may have grown to twice what they hold.
    #expect(2 * (watched + dated) <= 4_096)
  }
}
