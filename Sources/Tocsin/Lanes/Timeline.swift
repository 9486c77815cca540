internal import Synchronization

/// One time line: it makes lanes, owns the clock, and starts tasks.
///
/// ``live(threads:)`` follows the real clock on threads of its own. ``virtual(startingAt:)`` stands
/// still until it is moved: everything that is ready runs first, then the clock jumps to the next
/// deadline. The same graph runs on either.
///
/// Order: work given to one lane runs in the order it was given. Timers with equal deadlines fire
/// in the order they were armed; on one lane those of operators come before scheduled closures and
/// before what tasks do that slept until then. A timer due at *t* fires before an input that arrives
/// at *t*.
public final class Timeline: Sendable {
  let loops: [Loop]
  private let threads: [LiveThread]
  let tasks = Mutex(LiveTasks())
  private let nextLoop = Atomic<Int>(0)
  let driver = Mutex(DriverState())

  private init(loops: [Loop], isLive: Bool) {
    self.loops = loops
    for loop in loops { loop.pool.door.attach(to: loop) }
    threads = isLive ? loops.map { LiveThread(driving: $0) } : []
  }

  deinit {
    for loop in loops {
      loop.close()
      loop.stop()
    }
    if driver.withLock({ $0.close() }) { for thread in threads { thread.detach() } }
  }

  /// A time line that follows the real clock.
  ///
  /// The wall clock is read once, to date instants; after that time is monotonic. Threads sleep
  /// while nothing is ready or due: there is no busy waiting.
  ///
  /// - Parameter threads: How many loop threads the lanes are spread over, in turn. Lanes on one
  ///   thread pass events to each other without waking anybody.
  /// - Returns: The time line. Its lanes and tasks keep it; ``shutdown()`` ends it.
  public static func live(threads: Int = 1) -> Timeline {
    let clock = RealClock.anchored()
    return Timeline(loops: (0..<max(1, threads)).map { _ in Loop(clock: clock) }, isLive: true)
  }

  /// A time line that only moves when it is told to.
  ///
  /// - Parameter start: The time at the start.
  /// - Returns: The time line.
  public static func virtual(startingAt start: Instant = .epoch) -> Timeline {
    virtual(startingAt: start, Pool())
  }

  /// The same with a pool of the caller's.
  package static func virtual(startingAt start: Instant, _ pool: any TimelinePool) -> Timeline {
    Timeline(loops: [Loop(virtualStart: start.nanoseconds, pool)], isLive: false)
  }

  /// Whether time only moves when it is told to.
  public var isVirtual: Bool { loops[0].isVirtual }

  /// The time.
  public var now: Instant { Instant(nanoseconds: loops[0].now) }

  /// The clock, for code that takes `some Clock`.
  public var clock: TimelineClock { TimelineClock(loop: loops[0]) }

  /// Makes a lane. Lanes are spread over the loop threads in turn.
  public func lane(_ name: String) -> Lane { makeLane(name, isEventTime: false) }

  /// Makes a lane in event time: its time comes with the events and moves by watermark, for replays
  /// and back-tests. The time line only decides when its work runs.
  public func eventTimeLane(_ name: String) -> Lane { makeLane(name, isEventTime: true) }

  private func makeLane(_ name: String, isEventTime: Bool) -> Lane {
    let index = nextLoop.wrappingAdd(1, ordering: .relaxed).oldValue
    let loop = loops[index % loops.count]
    return Lane(name, index, loop: loop, of: self, isEventTime: isEventTime)
  }

  /// The number of pieces of work that ran so far: jobs, closures, turns of edges.
  public var workCount: UInt64 { loops.reduce(0) { $0 + $1.state.withLock(\.ran) } }

  /// Ends the time line: cancels the tasks that ``spawn(_:_:)`` started and waits for them, runs
  /// what is ready, and joins the threads. Timers that are not due are dropped; tasks that sleep on
  /// the ``clock`` then wake with `CancellationError`. Call it from outside the time line's lanes
  /// and tasks; later calls do nothing.
  ///
  /// On a virtual time line, which nobody moves meanwhile, tasks that ignore the cancellation are
  /// not waited for.
  public func shutdown() async {
    precondition(LaneLocal.current == nil, "Timeline.shutdown() was called on a lane of its own.")
    await endTasks()
    guard driver.withLock({ $0.close() }) else { return }
    for loop in loops { loop.stop() }
    for thread in threads { thread.join() }
    // One loop's last work may have been for another.
    while loops.contains(where: { $0.runReady() }) {}
    for loop in loops { loop.close() }
  }

  private func endTasks() async {
    while true {
      let running = tasks.withLock { $0.close() }
      for task in running { task.cancel() }
      if isVirtual { return settle() }
      if running.isEmpty { return }
      for task in running { await task.value }
    }
  }
}
