internal import Synchronization
public import Tocsin

/// A world of its own for one test: a virtual time line, and what watches that nothing leaves it.
///
/// Time moves only when everything that is ready has run, and only when somebody lets it: the body
/// of ``withVirtualTime(_:_:)`` by ``advance(by:)``, or by waiting for what the clock brings. A
/// synchronous test drives a world itself with the same names.
///
/// Lifetime: lanes and tasks keep the time line; the world goes with the test.
public final class VirtualWorld: Sendable {
  /// The time line: give it to the code under test.
  public let timeline: Timeline
  /// How ready work is ordered.
  public let schedule: Schedule
  let options: WorldOptions
  let start: Instant
  let pool: WatchfulPool
  let recorder: ScheduleRecorder
  let state = Mutex(WorldState())

  /// The world of the test that is running, inside ``withVirtualTime(_:_:)`` or a test with the
  /// trait `.virtualTime`.
  @TaskLocal public static var current: VirtualWorld?

  /// Makes a world.
  ///
  /// - Parameters:
  ///   - options: Where time starts, and how far and how long it may run.
  ///   - schedule: How ready work is ordered. The default is first in, first out.
  public convenience init(
    _ options: WorldOptions = WorldOptions(),
    schedule: Schedule = .inOrder
  ) {
    self.init(options, schedule: schedule, records: false)
  }

  /// Records what the schedule chooses also when that is always the oldest.
  init(_ options: WorldOptions, schedule: Schedule, records: Bool) {
    self.options = options
    self.schedule = schedule
    start = options.start
    pool = WatchfulPool()
    timeline = Timeline.virtual(startingAt: options.start, pool)
    recorder = ScheduleRecorder(schedule)
    let watch = pool.watch
    timeline.reportStrangers { watch.noteStranger(for: $0) }
    if records || schedule != .inOrder { timeline.setChooser(recorder) }
  }

  /// The time.
  public var now: Instant { timeline.now }

  /// The time since the start.
  public var elapsed: Duration { start.duration(to: now) }

  /// The clock, for code that takes `some Clock`.
  public var clock: TimelineClock { timeline.clock }

  /// Makes a lane.
  public func lane(_ name: String) -> Lane { timeline.lane(name) }

  /// Starts a task of this world. It has to end before the test does.
  @discardableResult
  public func spawn(
    _ name: String,
    _ body: sending @escaping @isolated(any) () async -> Void
  ) -> Task<Void, Never> {
    timeline.spawn(name, body)
  }
}

/// Where virtual time starts, and how far and how long a test may run.
public struct WorldOptions: Hashable, Sendable {
  /// The time at the start.
  public var start: Instant = .epoch
  /// Whether time jumps to the next deadline when everything waits, as if the test slept.
  public var advancesByItself = true
  /// How far a body that waits may take virtual time by itself.
  public var longestWait: Duration = .days(7)
  /// How many pieces of work may run at one instant before that counts as a livelock.
  public var workPerInstant = 200_000
  /// What becomes of tasks and scheduled closures that are left when the body has ended.
  public var leftovers: Leftovers = .fail

  /// What becomes of what a body leaves behind.
  public enum Leftovers: String, Hashable, Sendable {
    /// The test fails and names them.
    case fail
    /// They are cancelled, and nothing is said.
    case cancel
  }

  /// The defaults.
  public init() {}
}

/// Who waits for time to pass.
struct WorldState: Sendable {
  var requests: [TimeRequest] = []
  /// How many scopes hold time still.
  var holds = 0
}

/// A task that waits for a deadline to come, or for all of them.
struct TimeRequest: Sendable {
  var goal: Goal
  var limit: Instant
  /// The deadline that fired last since it waits.
  var last: Instant?
  var continuation: UnsafeContinuation<Instant?, Never>

  enum Goal: Sendable { case nextDeadline, end }
}
