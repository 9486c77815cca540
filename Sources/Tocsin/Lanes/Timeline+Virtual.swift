internal import Synchronization

/// Who drives a virtual time line.
struct DriverState: Sendable {
  var isDriven = false
  private var isClosed = false
  /// The tasks of a simulation that let time pass, in the order in which they began to.
  var passing: [Passing] = []

  mutating func close() -> Bool {
    defer { isClosed = true }
    return !isClosed
  }
}

extension Timeline {
  /// Runs everything that is ready or due. Time does not move.
  public func settle() {
    drive { loop in
      repeat { while loop.runReady() {} } while loop.fireDue(upTo: loop.now)
    }
  }

  /// Moves virtual time on, firing every deadline on the way at its own instant.
  public func advance(by duration: Duration) {
    advance(to: now.advanced(by: duration))
  }

  /// Moves virtual time to an instant, firing every deadline on the way at its own instant. Time
  /// never goes back: an earlier instant only runs what is ready.
  public func advance(to target: Instant) {
    drive { loop in
      repeat { while loop.runReady() {} } while step(loop, upTo: target)
      loop.setVirtualNow(target.nanoseconds)
    }
  }

  /// Runs until nothing is ready and no deadline is left, or until `limit`.
  ///
  /// - Parameter limit: Where to stop at the latest: a graph with a heartbeat never ends by itself.
  public func run(until limit: Instant) {
    drive { loop in
      repeat { while loop.runReady() {} } while step(loop, upTo: limit)
    }
  }

  /// Runs a closure as a turn of a lane of this virtual time line, at once, and gives its result.
  ///
  /// For synchronous tests and drivers. What the closure sends has arrived when it
  /// returns, unless that is so much that the turn is cut; ``settle()`` delivers the rest.
  @discardableResult
  public func perform<Result>(on lane: Lane, _ body: () throws -> Result) rethrows -> Result {
    precondition(isVirtual, "perform(on:) is for virtual time lines; use an actor in real time.")
    let outer = lane.beginTurn(now: loops[0].now)
    defer { lane.endTurn(restoring: outer) }
    return try body()
  }

  /// Moves the clock to the next deadline that is not later than `limit` and makes all that is due
  /// there ready. Gives false when there is none.
  func step(_ loop: Loop, upTo limit: Instant) -> Bool {
    let next = loop.nextDeadline
    guard next <= limit, next != .distantFuture else { return false }
    loop.setVirtualNow(next.nanoseconds)
    return loop.fireDue(upTo: loop.now)
  }

  func drive(_ body: (Loop) -> Void) {
    precondition(isVirtual, "A live time line moves by itself; only a virtual one can be driven.")
    let wasDriven = driver.withLock { state in
      defer { state.isDriven = true }
      return state.isDriven
    }
    precondition(!wasDriven, "Two drivers move one virtual time line, or it is moved from within.")
    defer { driver.withLock { $0.isDriven = false } }
    loops[0].driven { body(loops[0]) }
  }
}
