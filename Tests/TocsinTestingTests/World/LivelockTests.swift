import OpenCombine
import Testing
import Tocsin
import TocsinTesting

/// Work at one instant that does not end ends the test, and is named.
@Suite struct LivelockTests {
  private var options: WorldOptions {
    var options = WorldOptions()
    options.workPerInstant = 10_000
    return options
  }

  private func expectLivelock(
    _ run: WorldRun,
    _ last: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let count = run.words.firstMatch(of: /t\+0s: (\d+) pieces/).flatMap { Int($0.1) } ?? 0
    #expect((10_001...12_000).contains(count), sourceLocation: sourceLocation)
    let words = run.words.replacing("\(count)", with: "N")
    let before =
      "At t+0s: N pieces of work have run at this instant, and there is always more: a livelock. "
      + "Last were "
    let behind =
      ". Two steps that wake each other need a delay between them. If so much work is meant, raise "
      + "`workPerInstant`."
    #expect(
      last.map { before + $0 + behind }.contains(words),
      "\(words)",
      sourceLocation: sourceLocation
    )
    #expect(run.isQuick, sourceLocation: sourceLocation)
  }

  @Test func `two actors that call each other`() {
    let run = WorldRun(options) { world in
      let (first, second) = (Desk(on: world.lane("a")), Desk(on: world.lane("b")))
      await first.ping(second)
    }
    let (a, b) = ("a call on lane \"a\"", "a call on lane \"b\"")
    expectLivelock(run, ["\(a), \(b)", "\(b), \(a)"])
  }

  @Test func `two outlets that feed each other`() {
    let run = WorldRun(options) { world in
      let (asks, answers) = (Outlet<Int>("asks"), Outlet<Int>("answers"))
      let there = Echo(on: world.lane("a"), from: asks, to: answers)
      let back = Echo(on: world.lane("b"), from: answers, to: asks)
      await there.start()
      await back.start()
      asks.send(1)
      await world.settle()
    }
    let (a, b) = ("a delivery to lane \"a\"", "a delivery to lane \"b\"")
    expectLivelock(run, ["\(a), \(b)", "\(b), \(a)"])
  }

  @Test func `a task that yields for ever`() {
    let run = WorldRun(options) { _ in while !Task.isCancelled { await Task.yield() } }
    expectLivelock(run, ["a task"])
  }

  @Test func `the usual limit is reached in a moment`() {
    let run = WorldRun { _ in while !Task.isCancelled { await Task.yield() } }
    #expect(run.error?.kind == .livelock)
    #expect(run.realTime < .seconds(5))
  }
}

/// Sends on what it receives.
private actor Echo: LaneActor {
  nonisolated let lane: Lane
  private let source: Outlet<Int>
  private let target: Outlet<Int>
  private var bag: [AnyCancellable] = []

  init(on lane: Lane, from source: Outlet<Int>, to target: Outlet<Int>) {
    (self.lane, self.source, self.target) = (lane, source, target)
  }

  func start() {
    Inlet(source, on: lane).sink { [target] in target.send($0) }.store(in: &bag)
  }
}
