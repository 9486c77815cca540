internal import Synchronization

extension Loop {
  /// Takes a timer without a deadline.
  func reserveTimer() -> TimerID {
    state.withLock { $0.takeTimer(.reserved) }
  }

  func releaseTimer(_ id: TimerID) {
    _ = state.withLock { $0.dropTimer(id) }
  }

  /// Sets the deadline of a lane.
  func setDeadline(of lane: Lane, to deadline: Instant) {
    state.withLock { state in
      state.bodies[lane.timer.index] = .lane(WeakLane(lane: lane))
      state.wheel.arm(lane.timer.index, at: deadline)
    }
    sleeper?.wake(ifWaitingPast: deadline.nanoseconds)
  }

  /// Runs a closure at an instant. Gives the timer, for cancelling.
  func schedule(
    at deadline: Instant,
    on lane: Lane?,
    _ body: @escaping @Sendable () -> Void
  ) -> TimerID {
    let id = state.withLock { state in
      let id = state.takeTimer(.action(body, lane))
      state.wheel.arm(id.index, at: deadline)
      return id
    }
    sleeper?.wake(ifWaitingPast: deadline.nanoseconds)
    return id
  }

  /// Resumes a sleeper at an instant.
  func wake(_ sleeping: UnsafeContinuation<Void, any Error>, at deadline: Instant, id: TimerID) {
    let isClosed = state.withLock { state in
      guard !state.isClosed else {
        _ = state.dropTimer(id)
        return true
      }
      state.bodies[id.index] = .sleeper(sleeping)
      state.wheel.arm(id.index, at: deadline)
      return false
    }
    if isClosed { sleeping.resume(throwing: CancellationError()) }
    if isVirtual { reportStranger() }
    sleeper?.wake(ifWaitingPast: deadline.nanoseconds)
  }

  /// Takes a closure's timer back. Does nothing when it has fired.
  func cancelTimer(_ id: TimerID) {
    // What the closure holds must go outside the lock: it may be the last holder of a lane.
    let body = state.withLock { $0.isCurrent(id) ? $0.dropTimer(id) : .unused }
    withExtendedLifetime(body) {}
  }

  /// Takes a sleeper back, unless it has been resumed or does not sleep yet.
  func takeSleeper(_ id: TimerID) -> UnsafeContinuation<Void, any Error>? {
    state.withLock { state in
      guard state.isCurrent(id), case .sleeper(let sleeping) = state.bodies[id.index] else {
        return nil
      }
      _ = state.dropTimer(id)
      return sleeping
    }
  }

  /// Ends the loop for good: nothing is taken in or fired any more. Sleeping tasks are woken with
  /// `CancellationError`; scheduled closures go.
  func close() {
    let (work, bodies) = state.withLock { state in
      (state.isStopped, state.isClosed) = (true, true)
      defer { state.ready = [] }
      return (state.ready, state.dropAllTimers())
    }
    for case .resume(let sleeping) in work { sleeping.resume() }
    for case .sleeper(let sleeping) in bodies { sleeping.resume(throwing: CancellationError()) }
  }

  /// The number of timers of closures and of sleeping tasks.
  var pendingTimerCount: Int {
    state.withLock { $0.bodies.count { $0.isOneShot } }
  }

  /// The earliest deadline; `distantFuture` when there is none, or nothing is fired any more.
  var nextDeadline: Instant {
    state.withLock { $0.isClosed ? .distantFuture : $0.wheel.nextDeadline }
  }

  /// Makes everything that is due at or before `instant` ready, in order. Gives false when nothing
  /// is due.
  @discardableResult
  func fireDue(upTo instant: Int64) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      var isAnyDue = false
      while let (index, _) = state.wheel.popDue(at: Instant(nanoseconds: instant)) {
        isAnyDue = true
        state.fire(index)
      }
      return isAnyDue
    }
  }
}

extension Loop.State {
  mutating func takeTimer(_ body: TimerBody) -> TimerID {
    if let index = free.popLast() {
      bodies[index] = body
      return TimerID(index: index, generation: generations[index])
    }
    bodies.append(body)
    generations.append(0)
    return TimerID(index: bodies.count - 1, generation: 0)
  }

  func isCurrent(_ id: TimerID) -> Bool { generations[id.index] == id.generation }

  /// Frees a timer and gives what it was for, to be released outside the lock.
  mutating func dropTimer(_ id: TimerID) -> TimerBody {
    defer { dropTimer(id.index) }
    wheel.cancel(id.index)
    return bodies[id.index]
  }

  /// Frees all timers but those of lanes, and gives what they were for, in the order of their ids.
  mutating func dropAllTimers() -> [TimerBody] {
    bodies.indices.filter { bodies[$0].isOneShot }.map { index in
      dropTimer(TimerID(index: index, generation: generations[index]))
    }
  }

  private mutating func dropTimer(_ index: Int) {
    bodies[index] = .unused
    generations[index] &+= 1
    free.append(index)
  }

  mutating func fire(_ index: Int) {
    fired &+= 1
    switch bodies[index] {
    case .unused, .reserved: break
    case .lane(let weak):
      if let lane = weak.lane { ready.append(.wake(lane)) }
    case .sleeper(let sleeping):
      ready.append(.resume(sleeping))
      dropTimer(index)
    case .action(let body, let lane):
      ready.append(.action(body, lane))
      dropTimer(index)
    }
  }
}
