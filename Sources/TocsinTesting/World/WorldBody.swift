internal import Synchronization
internal import Tocsin

extension WorldPump {
  /// Runs everything until the body has ended.
  func run(until isDone: () -> Bool, since begin: Instant) throws(VirtualTimeError) {
    while true {
      try settle()
      if isDone() { return }
      if resumeRequests(where: { $0.goal == .nextDeadline && $0.last != nil }) { continue }
      if pump.move(to: pump.now) { continue }
      if try !letTimePass(since: begin) { try standStill() }
    }
  }

  /// Moves time one step, as those want who wait for it. False when nobody does, or nothing is left.
  private func letTimePass(since begin: Instant) throws(VirtualTimeError) -> Bool {
    let target = pump.passTarget
    guard let next = nextDeadline(until: target ?? .distantFuture) else {
      guard let target else { return resumeRequests { _ in true } }
      _ = pump.move(to: target)
      pump.resumePassing(target)
      return true
    }
    if target != nil || world.wants(next) {
      step(to: next)
      return true
    }
    if resumeRequests(where: { $0.limit < next }) { return true }
    guard world.advancesByItself else { return false }
    try checkWait(next, since: begin)
    step(to: next)
    return true
  }

  private func step(to instant: Instant) {
    _ = pump.move(to: instant)
    world.state.withLock { state in
      for place in state.requests.indices { state.requests[place].last = instant }
    }
  }

  /// Lets tasks go on that wait for deadlines. False when there is none.
  func resumeRequests(where isMet: (TimeRequest) -> Bool) -> Bool {
    let met = world.state.withLock { state in
      let met = state.requests.filter(isMet)
      state.requests.removeAll(where: isMet)
      return met
    }
    for request in met { request.continuation.resume(returning: request.last) }
    return !met.isEmpty
  }

  private func checkWait(_ next: Instant, since begin: Instant) throws(VirtualTimeError) {
    guard begin.duration(to: next) > world.options.longestWait else { return }
    throw world.error(
      .tooLong,
      "The body has waited for \(begin.duration(to: pump.now).offsetText) of virtual time, and "
        + "timers go on for ever. \(waitingWords) Wait for something that comes, or raise "
        + "`longestWait`."
    )
  }

  /// Ends the body. What it waits for may be on its way back from the main actor or a thread: then
  /// that is told, which says more.
  private func standStill() throws(VirtualTimeError) {
    if nextDeadline(until: .distantFuture) == nil { world.pool.watch.awaitStraggler() }
    try checkEscapes()
    throw world.error(
      .stuck,
      "Everything stands still, and the body still waits. \(waitingWords) \(hint)"
    )
  }

  private var waitingWords: String {
    "Tasks that have not ended: \(world.timeline.liveTasks.joined(separator: ", "))."
  }

  private var hint: String {
    guard let next = nextDeadline(until: .distantFuture) else {
      return
        "No timer is pending: they wait for something that nobody in this world does. The main "
        + "actor, Dispatch queues, threads and sockets are outside of it."
    }
    let offset = world.start.duration(to: next).offsetText
    return "The next timer is at t+\(offset), and time is held still: call `advance(by:)`."
  }
}

extension VirtualWorld {
  var advancesByItself: Bool { options.advancesByItself && state.withLock { $0.holds == 0 } }

  /// Whether a task waits for this deadline.
  func wants(_ next: Instant) -> Bool {
    state.withLock { $0.requests.contains { next <= $0.limit } }
  }
}
