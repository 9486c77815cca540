internal import Tocsin

/// Which kind of lane a subject is rehearsed on.
public enum RehearsalLane: String, CaseIterable, Hashable, Sendable {
  /// A lane whose time is that of its virtual time line, as live lanes follow the real clock.
  case virtualTime
  /// A lane in event time, as replays use it: time comes with the events.
  case eventTime
}

/// One virtual world with one lane, in which offsets count from the start of the rehearsal.
struct RehearsalStage {
  /// How far time goes by itself behind the last moment of the inputs.
  static let patience = Duration.seconds(86_400)
  /// How many timers it waits for there.
  static let mostTimers = 1_000_000

  let timeline: Timeline
  let lane: Lane
  let start: Instant

  /// Makes a world whose time stands at the first moment, or at zero if that is earlier.
  init(_ kind: RehearsalLane, from start: Instant, first: Duration) {
    self.start = start
    let begin = start.advanced(by: min(first, .zero))
    timeline = Timeline.virtual(startingAt: begin)
    let made =
      kind == .eventTime
      ? timeline.eventTimeLane("rehearsal") : timeline.lane("rehearsal")
    lane = made
    if kind == .eventTime { timeline.perform(on: made) { made.advance(to: begin) } }
  }

  /// The offset of what happens now on the lane.
  var offset: Duration { start.duration(to: lane.now) }

  /// The earliest timer that waits.
  var nextTimer: Duration? {
    var next = timeline.earliestDeadline
    if lane.isEventTime { next = min(next, lane.earliestDeadline) }
    return next == .distantFuture ? nil : start.duration(to: next)
  }

  /// Lets time come to an offset: all that is due there or before has fired.
  func advance(to offset: Duration) {
    let instant = start.advanced(by: offset)
    timeline.advance(to: instant)
    guard lane.isEventTime else { return }
    timeline.perform(on: lane) { lane.advance(to: instant) }
    timeline.settle()
  }

  /// Does something as a turn of the lane, at an offset.
  func act(at offset: Duration, _ body: () -> Void) {
    advance(to: offset)
    timeline.perform(on: lane, body)
    timeline.settle()
  }

  /// Goes on until `end`; without one until nothing is left to do, but not for ever.
  ///
  /// - Returns: How far time has come.
  func runOn(from last: Duration, until end: Duration?) -> Duration {
    advance(to: end ?? last)
    if let end { return end }
    let limit = last + Self.patience
    var timers = 0
    while let next = nextTimer, next <= limit {
      if timers == Self.mostTimers { return next }
      advance(to: next)
      timers += 1
    }
    return nextTimer == nil ? max(last, start.duration(to: timeline.now)) : limit
  }
}
