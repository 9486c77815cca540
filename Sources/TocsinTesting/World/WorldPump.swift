internal import Synchronization
internal import Tocsin

/// Moves a world on the calling thread, and stops it as soon as something is wrong.
struct WorldPump {
  let world: VirtualWorld
  let pump: Pump

  // MARK: Ready work

  /// Runs everything that is ready.
  func settle() throws(VirtualTimeError) {
    var count = 0
    while true {
      let ran = pump.runReady(atMost: 1_024)
      try checkEscapes()
      if ran == 0 { return }
      count += ran
      if count > world.options.workPerInstant { throw livelock(count) }
    }
  }

  func checkEscapes() throws(VirtualTimeError) {
    guard let escape = world.pool.watch.first else { return }
    throw world.error(escape.kind, escape.message(escape.place.words))
  }

  private func livelock(_ count: Int) -> VirtualTimeError {
    world.error(
      .livelock,
      "\(count) pieces of work have run at this instant, and there is always more: a livelock. "
        + "Last were \(lastRun()). Two steps that wake each other need a delay between them. If so "
        + "much work is meant, raise `workPerInstant`."
    )
  }

  /// What runs next, a few times over.
  private func lastRun() -> String {
    world.recorder.watchNext(64)
    world.timeline.setChooser(world.recorder)
    _ = pump.runReady(atMost: 64)
    var seen: [String] = []
    for words in world.recorder.seen where !seen.contains(words) { seen.append(words) }
    return seen.isEmpty ? "none" : seen.joined(separator: ", ")
  }

  // MARK: Time

  /// Runs until no deadline is left that is not later than `limit`, and then moves to `end`.
  func run(until limit: Instant, movingTo end: Instant?) throws(VirtualTimeError) -> Instant? {
    var last: Instant?
    try settle()
    while let next = nextDeadline(until: limit) {
      _ = pump.move(to: next)
      last = next
      try settle()
    }
    if let end {
      _ = pump.move(to: end)
      try settle()
    }
    return last
  }

  func runToNextDeadline() throws(VirtualTimeError) -> Instant? {
    try settle()
    guard let next = nextDeadline(until: .distantFuture) else { return nil }
    _ = pump.move(to: next)
    try settle()
    return next
  }

  func nextDeadline(until limit: Instant) -> Instant? {
    let next = pump.nextDeadline
    return next <= limit && next != .distantFuture ? max(next, pump.now) : nil
  }
}

extension VirtualWorld {
  /// Drives this world on the calling thread.
  func drive<Result>(
    _ body: (WorldPump) throws -> Result
  ) throws -> Result {
    let result = try timeline.pump { pump in
      try StrayTasks.taken { try body(WorldPump(world: self, pump: pump)) }
    }
    guard let result else {
      throw error(
        .twoDrivers,
        "Two drivers move one world. Inside a body in virtual time write `await world.advance(…)`; "
          + "the synchronous forms are for tests that are not tasks of the world, one at a time."
      )
    }
    return result
  }

  func error(_ kind: VirtualTimeError.Kind, _ message: String) -> VirtualTimeError {
    VirtualTimeError(kind, after: elapsed, message)
  }
}
