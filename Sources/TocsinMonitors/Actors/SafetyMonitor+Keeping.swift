public import Tocsin

extension SafetyMonitor {
  /// Keeps the state in a store, until its task is cancelled.
  ///
  /// ```swift
  /// timeline.spawn("keep") { await safety.keep(in: store, by: timeline) }
  /// ```
  ///
  /// First it saves that a run is open; only then it says ``SafetyCommand/begin``, so that no trading
  /// begins whose halt could be forgotten. Then it saves every change, the newest when several have
  /// come meanwhile. What fails is alerted on and tried again after 250 ms, then twice as long each
  /// time up to 30 s. When it is cancelled it saves that the run has ended in an orderly way; a run
  /// that has not is told at the next start (``SafetySettings/afterUncleanStop``).
  ///
  /// Runs off the lane: a disk that hangs holds up nothing but the saving. On a lane in event time it
  /// returns at once: what was replayed is not to be saved.
  ///
  /// - Parameters:
  ///   - store: Where the state is kept.
  ///   - timeline: The time line of the monitor's lane.
  @concurrent
  public nonisolated func keep(in store: some SafetyStore, by timeline: Timeline) async {
    guard !lane.isEventTime else { return }
    let news = records.values(on: lane)
    var keeper = SafetyKeeper(monitor: self, store: store, clock: timeline.clock)
    if await keeper.save() {
      commands.send(.begin)
      for await _ in news {
        if await !keeper.save() { break }
      }
    }
    await keeper.close()
  }
}

/// Saves the newest record, again and again until it is done.
private struct SafetyKeeper<Store: SafetyStore> {
  let monitor: SafetyMonitor
  let store: Store
  let clock: TimelineClock
  private var saved = -1
  private var hasFailed = false

  init(monitor: SafetyMonitor, store: Store, clock: TimelineClock) {
    self.monitor = monitor
    self.store = store
    self.clock = clock
  }

  /// False when the task was cancelled before the newest record was saved.
  @concurrent
  mutating func save() async -> Bool {
    var pause = ControlDelivery.firstPause
    while true {
      let record = await monitor.record(isOpen: true)
      guard record.revision > saved else { return true }
      do {
        try await store.save(record)
        saved = record.revision
        tell(nil)
      } catch {
        tell("\(error)")
        do { try await clock.sleep(for: pause) } catch { return false }
        pause = min(pause + pause, ControlDelivery.longestPause)
      }
    }
  }

  /// Saves once that the run has ended in an orderly way.
  @concurrent
  func close() async {
    let record = await monitor.record(isOpen: false)
    do { try await store.save(record) } catch { monitor.commands.send(.storeFailed("\(error)")) }
  }

  private mutating func tell(_ failure: String?) {
    if failure != nil || hasFailed { monitor.commands.send(.storeFailed(failure)) }
    hasFailed = failure != nil
  }
}
