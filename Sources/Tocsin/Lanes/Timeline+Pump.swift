internal import CTocsin
internal import Synchronization

/// What drives a virtual time line from outside: for test kits. See `Timeline.simulate` for the
/// plain driver.
package struct Pump {
  let timeline: Timeline
  let loop: Loop

  /// Runs what is ready, until about so many pieces have run. Gives how many ran; a turn that was
  /// cut because it did not end counts as all that it delivered.
  package func runReady(atMost limit: Int) -> Int {
    let isPicked = loop.state.withLock { $0.picker != nil }
    return isPicked ? loop.runPicked(atMost: limit) : loop.runInOrder(atMost: limit)
  }

  /// The time.
  package var now: Instant { timeline.now }

  /// The earliest deadline; `distantFuture` when there is none.
  package var nextDeadline: Instant { loop.nextDeadline }

  /// Moves time to an instant and makes all that is due there ready. Gives false when nothing is.
  package func move(to instant: Instant) -> Bool {
    loop.setVirtualNow(instant.nanoseconds)
    return loop.fireDue(upTo: loop.now)
  }

  /// The earliest instant that a task lets time pass to; nil when nobody does.
  package var passTarget: Instant? {
    timeline.driver.withLock { $0.passing.map(\.target).min() }
  }

  /// Lets the first task go on that lets time pass to this instant.
  package func resumePassing(_ target: Instant) {
    timeline.driver.withLock { $0.takePassing(target) }?.continuation.resume()
  }
}

/// Told of work that comes from a thread that does not drive the time line: the name of the lane
/// that it is for, if it is for one. Called on that thread.
package struct StrangerReport: Sendable {
  let report: @Sendable (String?) -> Void
}

extension Timeline {
  /// Drives this virtual time line on the calling thread.
  ///
  /// - Returns: What the body gives; nil when another driver moves this time line just now.
  package func pump<Result>(_ body: (Pump) throws -> Result) rethrows -> Result? {
    precondition(isVirtual, "A live time line moves by itself; only a virtual one can be driven.")
    let wasDriven = driver.withLock { state in
      defer { state.isDriven = true }
      return state.isDriven
    }
    if wasDriven { return nil }
    defer { driver.withLock { $0.isDriven = false } }
    return try loops[0].driven { try body(Pump(timeline: self, loop: loops[0])) }
  }

  /// Sets who chooses the order of ready work; nil: first in, first out.
  package func setChooser(_ chooser: (any WorkChooser)?) {
    let picker = chooser.map { PickedOrder($0) }
    loops[0].state.withLock { state in
      (state.picker as? PickedOrder)?.putBack(into: &state.ready)
      state.picker = picker
    }
  }

  /// Whether somebody drives this virtual time line just now.
  package var isDriven: Bool { driver.withLock(\.isDriven) }

  /// Sets who is told of work that comes from other threads while this time line is driven.
  package func reportStrangers(_ report: (@Sendable (String?) -> Void)?) {
    loops[0].state.withLock { $0.strangers = report.map(StrangerReport.init) }
  }

  /// Takes a job in that was on its way to the process's own pool.
  package static func takeStray(_ job: UnownedJob, pump: UnsafeMutableRawPointer) {
    Unmanaged<Loop>.fromOpaque(pump).takeUnretainedValue().push(.strayJob(job))
  }

  /// The names of the lanes on which closures are scheduled for later, one for each closure.
  package var scheduledClosures: [String] {
    loops[0].state.withLock { state in
      state.bodies.compactMap { body in
        guard case .action(_, let lane) = body else { return nil }
        return lane?.name ?? "no lane"
      }
    }
  }

  /// The number of tasks that sleep on the clock of this time line.
  package var sleepingTaskCount: Int { loops[0].pendingTimerCount - scheduledClosures.count }
}

extension Loop {
  /// The reference to the process's own pool is all zeros.
  static let genericExecutor = unsafeBitCast((UInt(0), UInt(0)), to: UnownedSerialExecutor.self)

  /// Marks the thread as the driver of this loop while the body runs.
  func driven<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outer = tocsin_pump_get()
    tocsin_pump_set(Unmanaged.passUnretained(self).toOpaque())
    state.withLock { $0.isDriven = true }
    defer {
      state.withLock { $0.isDriven = false }
      tocsin_pump_set(outer)
    }
    return try body()
  }

  /// Whether this thread does not drive this loop.
  var isStranger: Bool { tocsin_pump_get() != Unmanaged.passUnretained(self).toOpaque() }

  /// Reports that a stranger has set a timer.
  func reportStranger() {
    let report = state.withLock { $0.isDriven ? $0.strangers : nil }
    if let report, isStranger { report.report(nil) }
  }

  /// Runs what is ready, first in, first out, until so many pieces have run or a few more. Gives how
  /// many ran, as an ``Effort`` counts them.
  func runInOrder(atMost limit: Int) -> Int {
    var effort = Effort(limit, before: state.withLock(\.cutTurns))
    var batch: [Work] = []
    while true {
      batch.removeAll(keepingCapacity: true)
      let total = state.withLock { state in
        let total = effort.total(state.cutTurns)
        if total < limit { swap(&state.ready, &batch) }
        state.ran &+= UInt64(batch.count)
        return total
      }
      if batch.isEmpty { return total }
      for work in batch { run(work) }
      effort.pieces += batch.count
    }
  }
}

/// How much has run: a turn that was cut because it did not end counts as all that it delivered.
struct Effort {
  let limit: Int
  private let before: Int
  var pieces = 0

  /// Begins to count, when so many turns have been cut before.
  init(_ limit: Int, before: Int) { (self.limit, self.before) = (limit, before) }

  func total(_ cutTurns: Int) -> Int { pieces + (cutTurns - before) * LaneLocal.longestTurn }
}
