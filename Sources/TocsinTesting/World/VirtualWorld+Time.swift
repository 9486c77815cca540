internal import Synchronization
public import Tocsin

// In the body of a test.
extension VirtualWorld {
  /// Lets time pass. Every deadline on the way fires at its own instant, and what that brings about
  /// has run when it returns.
  public func advance(by duration: Duration) async {
    checkIsInside("advance(by:)")
    await timeline.pass(duration)
  }

  /// Lets time pass until an instant. Time never goes back: for an earlier one only what is ready
  /// runs.
  public func advance(to instant: Instant) async {
    checkIsInside("advance(to:)")
    await timeline.pass(until: instant)
  }

  /// Runs everything that is ready. Time does not move.
  public func settle() async {
    checkIsInside("settle()")
    await timeline.pass(.zero)
  }

  /// Lets time pass to the next deadline, and runs what is due there.
  ///
  /// - Returns: The instant, or nil when nothing is pending.
  @discardableResult
  public func runToNextDeadline() async -> Instant? {
    await request(.nextDeadline, until: .distantFuture)
  }

  /// Lets time pass until no deadline is left, or until so much time has passed.
  ///
  /// - Parameter limit: A graph with a heartbeat never ends by itself.
  /// - Returns: The instant of the last deadline that fired, or nil when none did.
  @discardableResult
  public func runToEnd(within limit: Duration = .days(1)) async -> Instant? {
    await request(.end, until: now.advanced(by: limit))
  }

  /// Holds time still while the body runs: it moves by `advance` only, never by itself.
  public func hold<Result>(
    _ body: () async throws -> Result
  ) async rethrows -> Result {
    state.withLock { $0.holds += 1 }
    defer { state.withLock { $0.holds -= 1 } }
    return try await body()
  }

  private func request(_ goal: TimeRequest.Goal, until limit: Instant) async -> Instant? {
    checkIsInside(goal == .end ? "runToEnd(within:)" : "runToNextDeadline()")
    return await withUnsafeContinuation { continuation in
      let request = TimeRequest(goal: goal, limit: limit, continuation: continuation)
      state.withLock { $0.requests.append(request) }
    }
  }

  /// Outside nobody moves the world, so the caller would wait for ever.
  private func checkIsInside(_ name: String) {
    guard !timeline.isDriven else { return }
    // Not a precondition: an optimised build would stop without the words.
    fatalError(
      "`await world.\(name)` was called outside its world, where nobody moves it. Call it in the "
        + "body of `withVirtualTime`; a test that is not async drives a world without `await`."
    )
  }
}

// In a synchronous test.
extension VirtualWorld {
  /// Moves time, from a test that is not a task of this world. Every deadline on the way fires at
  /// its own instant.
  ///
  /// - Throws: ``VirtualTimeError`` when something left the world, does not end, or when the world
  ///   is being driven already.
  public func advance(by duration: Duration) throws {
    try advance(to: now.advanced(by: duration))
  }

  /// Moves time to an instant, from a test that is not a task of this world.
  public func advance(to instant: Instant) throws {
    _ = try drive { try $0.run(until: instant, movingTo: instant) }
  }

  /// Runs everything that is ready, from a test that is not a task of this world.
  public func settle() throws { try advance(by: .zero) }

  /// Moves time to the next deadline and runs what is due there, from a test that is not a task of
  /// this world.
  ///
  /// - Returns: The instant, or nil when nothing is pending.
  @discardableResult
  public func runToNextDeadline() throws -> Instant? {
    try drive { try $0.runToNextDeadline() }
  }

  /// Moves time until no deadline is left, or until so much time has passed, from a test that is not
  /// a task of this world.
  ///
  /// - Returns: The instant of the last deadline that fired, or nil when none did.
  @discardableResult
  public func runToEnd(within limit: Duration = .days(1)) throws -> Instant? {
    try drive { try $0.run(until: now.advanced(by: limit), movingTo: nil) }
  }
}

// In a test with the trait `.virtualTime`.

/// Lets the time of the test's world pass; see ``VirtualWorld/advance(by:)-5h0wv``.
public func advance(by duration: Duration) async {
  await currentWorld("advance(by:)").advance(by: duration)
}

/// Holds the time of the test's world still while the body runs.
public func holdTime<Result>(_ body: () async throws -> Result) async rethrows -> Result {
  try await currentWorld("holdTime").hold(body)
}

private func currentWorld(_ caller: String) -> VirtualWorld {
  guard let world = VirtualWorld.current else {
    fatalError(
      "\(caller) was called outside virtual time. Give the test the trait `.virtualTime`, or call "
        + "it in `withVirtualTime`."
    )
  }
  return world
}
