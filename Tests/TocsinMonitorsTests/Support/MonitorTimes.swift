import Tocsin
import TocsinMonitors

/// The instant so many seconds after the epoch.
func at(_ seconds: Double) -> Instant { Instant(nanoseconds: Int64((seconds * 1e9).rounded())) }

extension TimedRule {
  /// Takes all that is due at or before `now`.
  mutating func allDue(at now: Instant) -> [Due<Output>] {
    var taken: [Due<Output>] = []
    while nextDeadline <= now {
      if let due = expire(at: now) { taken.append(due) }
    }
    return taken
  }
}
