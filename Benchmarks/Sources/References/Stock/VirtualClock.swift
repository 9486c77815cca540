/// Time that moves with the events. It costs one comparison per event while nothing is due.
final class VirtualClock {
  private var next = Int64.max
  /// Who has deadlines; it takes itself away when it is done.
  var timer: (any VirtualTimer)?

  /// Asks to be called at `deadline` at the latest.
  func wake(at deadline: Int64) {
    if deadline < next { next = deadline }
  }

  /// Does all that is due at or before `now`.
  func advance(to now: Int64) {
    guard next <= now else { return }
    next = timer?.fire(at: now) ?? .max
  }
}

/// Something with deadlines.
protocol VirtualTimer: AnyObject {
  /// Does what is due at or before `now` and gives the deadline after it.
  func fire(at now: Int64) -> Int64
}
