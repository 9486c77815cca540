import OpenCombine
import Synchronization
import Testing
import Tocsin
import TocsinTesting

/// What a body leaves behind fails its test, by name.
@Suite struct LeftoverTests {
  @Test func `a task that has not ended`() {
    let run = WorldRun { world in
      world.spawn("poller") { try? await world.clock.sleep(for: .days(30)) }
    }
    #expect(
      run.words
        == "At t+0s: The body has ended and leaves behind tasks that have not ended: poller. "
        + "Cancel them at the end of the test, or allow it with `leftovers = .cancel`."
    )
    #expect(run.isQuick)
  }

  @Test func `a timer of a stock operator`() {
    let kept = Kept()
    let run = WorldRun { world in
      kept.debounce = StockDebounce(on: world.lane("desk"))
      await kept.debounce?.start()
    }
    #expect(
      run.words
        == "At t+0s: The body has ended and leaves behind closures that are still scheduled "
        + "on: desk. Cancel them at the end of the test, or allow it with `leftovers = .cancel`."
    )
    #expect(run.isQuick)
  }

  @Test func `both, and nothing when that is allowed`() {
    var options = WorldOptions()
    options.leftovers = .cancel
    let run = WorldRun(options) { world in
      world.spawn("poller") { try? await world.clock.sleep(for: .days(30)) }
      await StockDebounce(on: world.lane("desk")).start()
    }
    #expect(run.error == nil)
  }

  @Test func `cancels the tasks that it names`() throws {
    let ended = Flag()
    let run = WorldRun { world in
      world.spawn("poller") {
        try? await world.clock.sleep(for: .days(30))
        ended.set()
      }
    }
    #expect(run.error?.kind == .leftovers)
    #expect(ended.isSet)
  }
}

/// Keeps an actor longer than its test does.
private final class Kept: Sendable {
  private let value = Mutex<StockDebounce?>(nil)

  var debounce: StockDebounce? {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}

/// Leaves a value pending in OpenCombine's debounce.
private actor StockDebounce: LaneActor {
  nonisolated let lane: Lane
  private let levels = PassthroughSubject<Int, Never>()
  private var bag: Set<AnyCancellable> = []

  init(on lane: Lane) { self.lane = lane }

  func start() {
    levels.debounce(for: .seconds(3), scheduler: lane.scheduler).sink { _ in }.store(in: &bag)
    levels.send(1)
  }
}
