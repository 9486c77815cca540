internal import CTocsin

/// One serial line of execution: an executor for actors, with its clock, its timers and its turns.
///
/// Everything that runs on a lane runs one after another. Several actors may share a lane (calls
/// between them do not hop), or each may have its own. Make an actor a lane actor with one line:
///
/// ```swift
/// actor Feed: LaneActor { nonisolated let lane: Lane; init(on lane: Lane) { self.lane = lane } }
/// ```
///
/// A lane lives as long as something holds it, and keeps its ``Timeline``, which decides when its
/// work runs. Work given to a lane whose time line has shut down is not run.
public final class Lane: SerialExecutor {
  /// The name, for messages and pictures.
  public let name: String
  let loop: Loop
  /// Kept, because a lane whose time line went would fall silent.
  private let timeline: Timeline
  /// Where this lane's state is. Only code that runs on the lane may use it: the framework's
  /// operators check that when they are built, `isIsolatingCurrentContext` checks actors.
  public nonisolated(unsafe) let local: LaneLocal
  /// The lane's timer in its loop.
  let timer: TimerID

  /// The place of this lane among those of its time line, in the order they were made.
  package let number: Int

  init(_ name: String, _ number: Int, loop: Loop, of timeline: Timeline, isEventTime: Bool) {
    self.name = name
    self.number = number
    self.loop = loop
    self.timeline = timeline
    self.isEventTime = isEventTime
    local = LaneLocal(now: isEventTime ? .min : loop.now)
    local.isEventTime = isEventTime
    timer = loop.reserveTimer()
    local.lane = self
  }

  deinit {
    local.forgetDeadlines()  // Operators hold the state of their lane, which holds them.
    loop.releaseTimer(timer)
  }

  /// Takes a job of an actor or a task. FIFO.
  public func enqueue(_ job: consuming ExecutorJob) {
    loop.push(.job(UnownedJob(job), self))
  }

  /// Runs a closure as a turn of this lane, after what it was given before.
  public func execute(_ body: @escaping @Sendable () -> Void) {
    loop.push(.action(body, self))
  }

  /// Runs a framework task as a turn of this lane.
  @usableFromInline
  func execute(_ task: LaneTask) {
    loop.push(.task(UncheckedTask(task: task), self))
  }

  /// Whether the lane is in event time: time comes with the events, not from the time line.
  public let isEventTime: Bool

  /// The time of the lane: on the lane the instant of the turn or of the event at hand, elsewhere
  /// the time of the time line.
  public var now: Instant {
    Instant(nanoseconds: local.isCurrent ? local.now : loop.now)
  }

  /// Stops the process with a message unless the caller runs on this lane.
  public func checkIsolated() {
    precondition(local.isCurrent, "This code must run on lane \"\(name)\", and does not.")
  }

  /// The stamp of an event from a thread that is no lane's. In event time it is dated when the lane
  /// takes it over; until then it is at the beginning of time.
  @usableFromInline
  func foreignStamp() -> Stamp {
    Stamp(ingested: isEventTime ? .distantPast : Instant(nanoseconds: loop.now), sequence: 0)
  }

  /// Whether the caller runs on this lane.
  public func isIsolatingCurrentContext() -> Bool? { local.isCurrent }

  /// The lane that the caller runs on, if any.
  public static var current: Lane? { LaneLocal.current?.lane }

  /// Runs a closure as a turn.
  @inline(__always)
  func turn(now: Int64, _ body: () -> Void) {
    let outer = beginTurn(now: now)
    body()
    endTurn(restoring: outer)
  }

  /// Begins a turn: sets the thread's lane, brings the time up to date and fires what is due.
  @discardableResult
  func beginTurn(now: Int64) -> UnsafeMutableRawPointer? {
    let outer = tocsin_lane_get()
    tocsin_lane_set(Unmanaged.passUnretained(local).toOpaque())
    fireDue(upTo: now)
    return outer
  }

  /// Ends a turn: delivers what waits in edges, fires what has become due, tells the loop of the
  /// next deadline.
  func endTurn(restoring outer: UnsafeMutableRawPointer? = nil) {
    if local.depth == 0 && local.hasWork { local.flush() }
    fireDue(upTo: local.now)
    local.registerDeadline()
    // Edges that are still to be delivered are not held by what names them.
    if local.depth == 0 && local.dirtyCount == 0 && !local.retired.isEmpty {
      local.retired.removeAll()
    }
    tocsin_lane_set(outer)
  }

  /// What was due before the turn fires at its own instant, and then the lane's time is `now`.
  @inline(__always)
  private func fireDue(upTo now: Int64) {
    guard !isEventTime else { return }
    if local.nextDeadline <= now { local.fireDue(upTo: now) }
    if now > local.now { local.now = now }
  }
}

/// A framework task on its way to its lane.
///
/// Unchecked because a ``LaneTask`` is made on one thread and run on its lane only; the loop's lock
/// orders the two.
@usableFromInline
struct UncheckedTask: @unchecked Sendable {
  @usableFromInline let task: LaneTask
}

/// An actor that runs on a lane.
public protocol LaneActor: Actor {
  /// The lane of the actor. Declare it `nonisolated let lane: Lane`.
  nonisolated var lane: Lane { get }
}

extension LaneActor {
  /// The lane, as the runtime wants it.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }
}
