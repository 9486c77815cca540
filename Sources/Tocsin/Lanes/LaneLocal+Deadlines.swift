extension LaneLocal {
  /// Adds an operator that acts at deadlines. The handler runs on the lane with `now` at the
  /// deadline, and gives the operator's next deadline (`max` for none).
  @usableFromInline
  func addDeadlines(_ handler: @escaping (Int64) -> Int64) -> Int {
    let id = deadlines.add(DeadlineHandler(handler))
    deadlineScope?.append(id)
    return id
  }

  /// Lets go of all operators that act at deadlines.
  func forgetDeadlines() { deadlines = DeadlineBook() }

  /// Whether any of these operators waits for a deadline.
  func hasDeadline(_ ids: [Int]) -> Bool {
    ids.contains { deadlines.isArmed($0) }
  }

  /// Forgets an operator and its deadline.
  @usableFromInline
  func removeDeadlines(_ id: Int) {
    deadlines.remove(id)
    nextDeadline = deadlines.nextDeadline
    registerDeadline()
  }

  /// Sets the deadline of an operator. Call it only when the deadline is earlier than before, or
  /// from elsewhere than its handler.
  @usableFromInline
  func arm(_ id: Int, at deadline: Int64) {
    deadlines.arm(id, at: deadline)
    if deadline < nextDeadline {
      nextDeadline = deadline
      if deadline <= runLimit { runLimit = deadline &- 1 }
    }
    if depth == 0 { registerDeadline() }
  }

  /// Fires all that is due at or before `instant`, in order, each at its own instant. What that
  /// brings about behind edges has the same instant, also when several were served late together.
  func fireDue(upTo instant: Int64) {
    while nextDeadline <= instant {
      let due = nextDeadline
      enter()
      while nextDeadline <= due { fireNext() }
      leave()
    }
  }

  /// Fires the operator with the earliest deadline, with the lane's time at the deadline.
  func fireNext() {
    guard let (id, due) = deadlines.beginFiring(at: nextDeadline) else {
      nextDeadline = deadlines.nextDeadline
      return
    }
    let wasHandling = isHandling
    isHandling = true
    now = due
    let next = run(deadlines.handler(id), at: due)
    deadlines.endFiring(id, next: next)
    isHandling = wasHandling
    nextDeadline = deadlines.nextDeadline
    if _slowPath(deadlines.hasRetired) { withExtendedLifetime(deadlines.takeRetired()) {} }
  }

  @inline(__always)
  private func run(_ handler: Unmanaged<DeadlineHandler>?, at due: Int64) -> Int64 {
    guard let handler else { return .max }
    return handler._withUnsafeGuaranteedRef { $0.run(due) }
  }

  /// Tells the loop of the earliest deadline, where it has changed.
  func registerDeadline() {
    guard !isEventTime, nextDeadline != registeredDeadline else { return }
    registeredDeadline = nextDeadline
    lane.loop.setDeadline(of: lane, to: Instant(nanoseconds: nextDeadline))
  }
}
