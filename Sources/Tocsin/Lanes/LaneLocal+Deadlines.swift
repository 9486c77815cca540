/// Does what is due for one operator. An object, to be called without counting references.
final class DeadlineHandler {
  /// Does what is due at the instant and gives the next deadline.
  let run: (Int64) -> Int64
  init(_ run: @escaping (Int64) -> Int64) { self.run = run }
}

/// The deadlines of a lane's operators, one for each.
struct DeadlineBook {
  var wheel = TimerWheel()
  private var handlers: [DeadlineHandler?] = []
  private var free: [Int] = []
  /// Removed while handlers run; their numbers are given away again afterwards.
  private var removed: [(id: Int, handler: DeadlineHandler?)] = []
  private var firing = 0

  mutating func add(_ handler: DeadlineHandler) -> Int {
    if let id = free.popLast() {
      handlers[id] = handler
      return id
    }
    handlers.append(handler)
    return handlers.count - 1
  }

  mutating func remove(_ id: Int) {
    guard handlers[id] != nil else { return }
    wheel.cancel(id)
    let handler = handlers[id].take()
    if firing > 0 { removed.append((id, handler)) } else { free.append(id) }
  }

  mutating func beginFiring() { firing += 1 }

  /// Arms the operator again, unless its handler has removed it. Gives the handlers that may go
  /// now: what they hold may change the book.
  mutating func endFiring(_ id: Int, next: Int64) -> [DeadlineHandler?] {
    firing -= 1
    if next != .max && handlers[id] != nil { wheel.arm(id, at: Instant(nanoseconds: next)) }
    guard firing == 0 && !removed.isEmpty else { return [] }
    free.append(contentsOf: removed.map(\.id))
    defer { removed = [] }
    return removed.map(\.handler)
  }

  /// What acts for an operator. Kept until the firing ends, also when it is removed meanwhile.
  func handler(_ id: Int) -> Unmanaged<DeadlineHandler>? {
    handlers[id].map(Unmanaged.passUnretained)
  }

  /// The number of operators that wait for a deadline.
  var pendingCount: Int { wheel.count }
}

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
    ids.contains { deadlines.wheel.deadline(of: $0) != nil }
  }

  /// Forgets an operator and its deadline.
  @usableFromInline
  func removeDeadlines(_ id: Int) {
    deadlines.remove(id)
    nextDeadline = deadlines.wheel.nextDeadline.nanoseconds
    registerDeadline()
  }

  /// Sets the deadline of an operator. Call it only when the deadline is earlier than before, or
  /// from elsewhere than its handler.
  @usableFromInline
  func arm(_ id: Int, at deadline: Int64) {
    deadlines.wheel.arm(id, at: Instant(nanoseconds: deadline))
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
    guard let (id, due) = deadlines.wheel.popDue(at: Instant(nanoseconds: nextDeadline)) else {
      nextDeadline = deadlines.wheel.nextDeadline.nanoseconds
      return
    }
    let wasHandling = isHandling
    isHandling = true
    now = due.nanoseconds
    deadlines.beginFiring()
    let next = run(deadlines.handler(id), at: due.nanoseconds)
    let old = deadlines.endFiring(id, next: next)
    isHandling = wasHandling
    nextDeadline = deadlines.wheel.nextDeadline.nanoseconds
    if !old.isEmpty { withExtendedLifetime(old) {} }
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
