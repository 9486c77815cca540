/// Does what is due for one operator. An object, to be called without counting references.
final class DeadlineHandler {
  /// Does what is due at the instant and gives the next deadline.
  let run: (Int64) -> Int64
  init(_ run: @escaping (Int64) -> Int64) { self.run = run }
}

/// The deadlines of a lane's operators, one for each.
///
/// They are in a wheel, but for one that was armed when all others were later: an operator that is
/// next again and again, as one with many keys is, then costs no filing. It comes before what is armed
/// for the same instant afterwards, and nothing was armed for it before, so the order is that of
/// arming, as in the wheel.
struct DeadlineBook {
  private var wheel = TimerWheel()
  /// The operator that is not in the wheel, and its deadline; -1 and `max` when there is none.
  private var single = -1
  private var singleDeadline = Int64.max
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
    cancel(id)
    let handler = handlers[id].take()
    if firing > 0 { removed.append((id, handler)) } else { free.append(id) }
  }

  /// What acts for an operator. Kept until the firing ends, also when it is removed meanwhile.
  func handler(_ id: Int) -> Unmanaged<DeadlineHandler>? {
    handlers[id].map(Unmanaged.passUnretained)
  }

  // MARK: Deadlines

  /// The earliest deadline of all operators; `max` when there is none.
  var nextDeadline: Int64 { min(singleDeadline, wheel.nextDeadline.nanoseconds) }

  /// The number of operators that wait for a deadline.
  var pendingCount: Int { wheel.count + (single < 0 ? 0 : 1) }

  /// Whether an operator waits for a deadline.
  func isArmed(_ id: Int) -> Bool { id == single || wheel.isArmed(id) }

  /// Sets the deadline of an operator, behind all others of the same instant.
  mutating func arm(_ id: Int, at deadline: Int64) {
    if single == id || wheel.isArmed(id) { cancel(id) }
    if single < 0 && deadline < wheel.nextDeadline.nanoseconds {
      (single, singleDeadline) = (id, deadline)
    } else {
      wheel.arm(id, at: Instant(nanoseconds: deadline))
    }
  }

  private mutating func cancel(_ id: Int) {
    if single == id { (single, singleDeadline) = (-1, .max) } else { wheel.cancel(id) }
  }

  // MARK: Firing

  /// Takes the earliest deadline, for its operator to act; nil when it is later than `instant`.
  mutating func beginFiring(at instant: Int64) -> (id: Int, due: Int64)? {
    guard nextDeadline <= instant, let first = popFirst() else { return nil }
    firing += 1
    return first
  }

  private mutating func popFirst() -> (id: Int, due: Int64)? {
    if single >= 0 && singleDeadline <= wheel.nextDeadline.nanoseconds {
      defer { (single, singleDeadline) = (-1, .max) }
      return (single, singleDeadline)
    }
    return wheel.popDue(at: wheel.nextDeadline).map { ($0.id, $0.deadline.nanoseconds) }
  }

  /// Arms the operator again, unless its handler has removed it.
  mutating func endFiring(_ id: Int, next: Int64) {
    firing -= 1
    if next != .max && handlers[id] != nil { arm(id, at: next) }
  }

  /// Whether handlers were removed by handlers, all of which have ended.
  var hasRetired: Bool { firing == 0 && !removed.isEmpty }

  /// Gives the handlers that may go now: what they hold may change the book.
  mutating func takeRetired() -> [DeadlineHandler?] {
    defer { removed = [] }
    free.append(contentsOf: removed.map(\.id))
    return removed.map(\.handler)
  }
}
