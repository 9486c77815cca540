import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct StockTests {
  @Test func `stock operators before ours`() {
    let subject = PassthroughSubject<Int, Never>()
    let bench = Bench<Int, Int>(inputs: 0) { _ in
      Tap<Stock<Publishers.Map<PassthroughSubject<Int, Never>, Int>>>(
        stock: subject.map { $0 * 10 },
        named: "numbers"
      ).debounce(asOne: .seconds(3))
    }
    bench.at(second: 0) { subject.send(1) }
    bench.at(second: 1) { subject.send(2) }
    bench.at(second: 5) { subject.send(3) }
    bench.at(second: 6) { subject.send(completion: .finished) }
    expectNoDifference(bench.lines, ["4 20", "6 30", "6 |"])
    expectNoDifference(bench.node("stock")?.passed, 3)
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `stock operators between ours`() throws {
    let run = try rehearse("a . a B . B . c |", of: Item.self) { tap in
      tap.filter { _ in true }
        .stock(to: String.self) { $0.map(\.description).removeDuplicates() }
        .changed()
    }
    run.expect(marbles: "a . . B . . . c |")
    expectNoDifference(
      run.books.map(\.id),
      ["input", "input/filter", "input/filter/stock", "input/filter/stock/changed"]
    )
    try rehearse("a . a B ! B . c", of: Item.self) { tap in
      tap.stock(to: String.self) { $0.map(\.description).removeDuplicates() }.changed()
    }
    .expect(marbles: "a . . B")
  }

  @Test func `stock operators behind ours`() {
    let world = Timeline.virtual()
    let lane = world.lane("stock")
    let log = Log<Int>()
    let feed = Feed<Int>(on: lane)
    let bag = world.perform(on: lane) {
      Tap<Feed<Int>>(feed, feed.node, on: lane).filter { $0 > 1 }.debounce(asOne: .seconds(1))
        .upstream.map { $0 * 10 }.sink { log.add($0) }
    }
    world.perform(on: lane) { feed.send(contentsOf: [1, 2]) }
    world.advance(by: .seconds(5))
    world.perform(on: lane) {
      feed.send(3)
      bag.cancel()
    }
    expectNoDifference(log.entries, [20])
    #expect(lane.local.deadlines.pendingCount == 0)
    #expect(world.loops[0].nextDeadline == .distantFuture)
  }

  @Test func `a stock debounce on the lane's scheduler agrees with ours`() {
    for seed in 0..<50 as Range<UInt64> {
      var random = EngineRandom(seed: seed)
      let gaps = (0..<40).map { _ in [1, 2, 3, 4, 6][random.below(5)] }
      let ours = run(gaps) { $0[0].debounce(asOne: .seconds(3)).asErased }
      let stock = run(gaps) { taps in
        taps[0].stock(to: Int.self) { [lane = taps[0].lane] in
          $0.debounce(for: 3, scheduler: lane.scheduler)
        }.asErased
      }
      expectNoDifference(stock, ours, "seed \(seed)")
    }
  }

  @Test func `a cancelled stock debounce leaves no timer`() {
    let bench = Bench<Int, Int> { taps in
      taps[0].stock(to: Int.self) { [lane = taps[0].lane] in
        $0.debounce(for: 3, scheduler: lane.scheduler)
      }.changed()
    }
    bench.at(second: 0) { bench.feeds[0].send(1) }
    bench.at(second: 1) { bench.probe.cancel() }
    #expect(!bench.hasTimers)
    bench.at(second: 9)
    expectNoDifference(bench.probe.happened.count, 0)
  }

  /// Values at gaps that never meet a deadline, where the order of ties is each one's own.
  private func run(
    _ gaps: [Int],
    _ build: ([Tap<Feed<Int>>]) -> Tap<Erased<Int>>
  ) -> [String] {
    let bench = Bench<Int, Int>(build)
    var time = 0
    for (index, gap) in gaps.enumerated() {
      time += gap == 3 ? 5 : gap
      bench.at(second: time) { bench.feeds[0].send(index) }
    }
    bench.at(second: time + 10)
    return bench.lines
  }
}
