import Tocsin

/// Notices that deadlines are served late: this machine was suspended, or starved of time. Of one
/// lane.
///
/// What is due on a live lane is served at its own instant, however late, so rules cannot tell an hour
/// of silence from an hour of sleep. The clock can: it shows how late it is.
final class PauseSensor {
  /// The time as it really is; nil in event time, and until somebody knows.
  var clock: (() -> Instant)?
  /// Told once for each pause: from when on nothing happened, and when it went on.
  var onPause: ((_ from: Instant, _ to: Instant) -> Void)?
  /// Deadlines that are served later than this were slept through.
  let limit: Duration
  private var told = Instant.distantPast

  init(limit: Duration = .seconds(5)) { self.limit = limit }

  /// When the machine woke, if a deadline that is served now was slept through.
  func waking(whenDueAt deadline: Instant) -> Instant? {
    guard let clock else { return nil }
    let now = clock()
    guard deadline.duration(to: now) > limit else { return nil }
    if deadline >= told {
      told = now
      onPause?(deadline, now)
    }
    return now
  }
}
