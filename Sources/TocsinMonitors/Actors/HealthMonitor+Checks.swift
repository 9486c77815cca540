public import Tocsin

extension HealthMonitor {
  /// Runs the disk, memory and custom checks until its task is cancelled.
  ///
  /// ```swift
  /// timeline.spawn("checks") { await health.runChecks(by: timeline) }
  /// ```
  ///
  /// Each run is a task of the time line of its own, so a check that blocks holds nobody up; one
  /// that takes longer than its limit is cancelled and counts as failed. While it hangs on after
  /// that it is not started again, and every interval counts as one more failure. Returns at once on
  /// a lane in event time, where the state of this machine today says nothing about what was
  /// recorded.
  ///
  /// From the first call on the monitor also notices that this machine was suspended: a deadline
  /// served more than five seconds late tells the component `machine` once, in place of everything
  /// that fell due in its sleep, and silences count from the waking on. So call it also without such
  /// a check on a live lane; it then returns at once.
  ///
  /// - Parameter timeline: The time line of the monitor's lane.
  public func runChecks(by timeline: Timeline) async {
    guard !lane.isEventTime else { return }
    board.pauses.clock = { timeline.now }
    while !Task.isCancelled, !probes.isEmpty {
      let now = timeline.now
      cutOff(at: now)
      for run in ledger.start(at: now) { start(run, by: timeline) }
      do { try await timeline.clock.sleep(until: ledger.nextDeadline) } catch { break }
    }
    for run in running.values { run.task.cancel() }
    running = [:]
  }

  private func start(_ run: CheckRun, by timeline: Timeline) {
    guard let probe = probes[run.component] else { return }
    let task = timeline.spawn("check \(run.component)") {
      let outcome = await probe.outcome()
      await self.finish(run, outcome, at: timeline.now)
    }
    let end = timeline.now.advanced(by: probe.policy.timeLimit)
    running[run] = RunningCheck(task: task, end: end)
  }

  private func finish(_ run: CheckRun, _ outcome: CheckOutcome, at now: Instant) {
    running[run] = nil
    tell(ledger.finish(run, outcome, at: now))
  }

  private func cutOff(at now: Instant) {
    for transition in ledger.cutOff(at: now) { tell(transition) }
    for (run, check) in running where check.end <= now {
      check.task.cancel()
      running[run] = nil
    }
  }

  private func tell(_ transition: HealthTransition?) {
    if let transition { board.take(transition, from: -2) }
  }
}

/// A run of a check that has not ended.
struct RunningCheck: Sendable {
  var task: Task<Void, Never>
  var end: Instant
}
