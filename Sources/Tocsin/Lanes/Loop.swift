internal import Synchronization

/// What a loop runs.
enum Work: Sendable {
  /// A job of an actor or a task; on the pool when there is no lane.
  case job(UnownedJob, Lane?)
  /// A job of a task that was started without this time line, and that the test kit has taken in.
  case strayJob(UnownedJob)
  case action(@Sendable () -> Void, Lane?)
  case task(UncheckedTask, Lane)
  /// The lane's deadlines are due.
  case wake(Lane)
  /// A sleeping task's deadline has come.
  case resume(UnsafeContinuation<Void, any Error>)
}

/// What a timer of a loop does.
enum TimerBody: Sendable {
  case unused
  case reserved
  case lane(WeakLane)
  case sleeper(UnsafeContinuation<Void, any Error>)
  case action(@Sendable () -> Void, Lane?)

  /// Whether it is a closure's or a sleeping task's.
  var isOneShot: Bool {
    switch self {
    case .sleeper, .action: true
    case .unused, .reserved, .lane: false
    }
  }
}

/// Names one use of a timer. A timer that was used again has another generation, so a late cancel
/// never hits a stranger's deadline.
struct TimerID: Hashable, Sendable {
  var index: Int
  var generation: UInt
}

struct WeakLane: Sendable {
  weak let lane: Lane?
}

/// The core that live and virtual time lines share: what is ready to run, and what waits for when.
///
/// The driver differs: a thread with the real clock, or a pump on the caller's thread that moves
/// the clock itself.
final class Loop: Sendable {
  struct State {
    var ready: [Work] = []
    var wheel = TimerWheel()
    var bodies: [TimerBody] = []
    var generations: [UInt] = []
    var free: [Int] = []
    /// The thread ends when nothing is ready.
    var isStopped = false
    /// Nothing is taken in any more.
    var isClosed = false
    var ran: UInt64 = 0
    var fired: UInt64 = 0
    /// How often a turn was cut because it did not end.
    var cutTurns = 0
    /// Chooses what runs next, when a test explores schedules; nil: first in, first out.
    var picker: (any WorkPicker)?
    /// Told of work that comes from a thread that does not drive this loop, while one does.
    var strangers: StrangerReport?
    var isDriven = false

    mutating func take(_ work: Work) { if !isClosed { ready.append(work) } }
  }

  let state = Mutex(State())
  private let virtualNow: Atomic<Int64>
  /// Reads the real clock; nil in virtual time.
  let realClock: (@Sendable () -> Int64)?
  /// Wakes the thread of a live loop.
  let sleeper: LiveSleeper?
  let pool: any TimelinePool
  private let poolReference: UnownedTaskExecutor

  init(virtualStart: Int64, _ pool: any TimelinePool) {
    virtualNow = Atomic(virtualStart)
    realClock = nil
    sleeper = nil
    self.pool = pool
    poolReference = pool.asUnownedTaskExecutor()
  }

  init(clock: @escaping @Sendable () -> Int64) {
    virtualNow = Atomic(0)
    realClock = clock
    sleeper = LiveSleeper()
    pool = Pool()
    poolReference = pool.asUnownedTaskExecutor()
  }

  var isVirtual: Bool { realClock == nil }

  var now: Int64 { realClock?() ?? virtualNow.load(ordering: .relaxed) }

  func setVirtualNow(_ instant: Int64) {
    virtualNow.store(max(instant, now), ordering: .relaxed)
  }

  // MARK: Ready work

  func push(_ work: Work) {
    // A stranger is reported before its work can run, or the world could end without a word.
    let report = state.withLock { state -> StrangerReport? in
      if let report = state.strangers, state.isDriven, isStranger { return report }
      state.take(work)
      return nil
    }
    if let report {
      report.report(work.lane?.name)
      state.withLock { $0.take(work) }
    }
    sleeper?.wake()
  }

  /// Lets another turn of a lane follow, behind what is ready.
  func continueTurn(of lane: Lane) {
    state.withLock { $0.cutTurns += 1 }
    push(.wake(lane))
  }

  /// Runs all that is ready, and what that makes ready. Gives false when nothing was.
  func runReady() -> Bool {
    if isVirtual && state.withLock({ $0.picker != nil }) { return runPicked(atMost: .max) > 0 }
    var batch: [Work] = []
    var ranAny = false
    while true {
      batch.removeAll(keepingCapacity: true)
      state.withLock { state in
        swap(&state.ready, &batch)
        state.ran &+= UInt64(batch.count)
      }
      if batch.isEmpty { return ranAny }
      ranAny = true
      for work in batch { run(work) }
      if !isVirtual { fireDue(upTo: now) }
    }
  }

  func run(_ work: Work) {
    switch work {
    case .job(let job, let lane?): lane.turn(now: now) { run(job, on: lane) }
    case .job(let job, nil): job.runSynchronously(on: poolReference)
    case .strayJob(let job): job.runSynchronously(on: Self.genericExecutor)
    case .action(let body, let lane?): lane.turn(now: now, body)
    case .action(let body, nil): body()
    case .task(let unchecked, let lane): lane.turn(now: now) { unchecked.task.run() }
    case .wake(let lane): lane.turn(now: now) {}
    case .resume(let continuation): continuation.resume()
    }
  }

  /// A task with a preference for this loop's pool stays on the lane only when it is told of both;
  /// a task without one only when it is not (measured: 2002 jobs instead of 3 for 1000 calls).
  @inline(__always)
  private func run(_ job: UnownedJob, on lane: Lane) {
    if isVirtual {
      job.runSynchronously(
        isolatedTo: lane.asUnownedSerialExecutor(),
        taskExecutor: poolReference
      )
    } else {
      job.runSynchronously(on: lane.asUnownedSerialExecutor())
    }
  }
}

/// The tasks of a time line run here when they are on no lane. The test kit has one of its own that
/// also notices who sleeps on the machine's clocks.
package protocol TimelinePool: TaskExecutor {
  /// Where the jobs go.
  var door: PoolDoor { get }
  /// Called before a task of this name is started; its first job comes before ``hasStarted()``.
  func willStart(_ name: String)
  /// Called when it has been started.
  func hasStarted()
}

extension TimelinePool {
  package func willStart(_ name: String) {}
  package func hasStarted() {}
  package func enqueue(_ job: consuming ExecutorJob) { door.take(UnownedJob(job)) }
}

final class Pool: TimelinePool {
  let door = PoolDoor()
}

/// The way from a pool to its loop.
package final class PoolDoor: Sendable {
  private let target = Mutex(WeakLoop(loop: nil))
  struct WeakLoop: Sendable { weak let loop: Loop? }

  package init() {}

  func attach(to loop: Loop) { target.withLock { $0 = WeakLoop(loop: loop) } }

  package func take(_ job: UnownedJob) { target.withLock { $0.loop }?.push(.job(job, nil)) }
}
