import Tocsin

/// Waits until recorded time has come, at a speed.
///
/// A pause of more than an hour, such as a night, is waited for as if it were one second long.
struct Pacer {
  static let longPause = Duration.seconds(3_600)
  static let shortPause = Duration.seconds(1)

  let speed: Speed
  private var last: Instant?
  private var deadline: Int64

  init(_ speed: Speed, now: Int64) {
    self.speed = speed
    deadline = now
  }

  /// The instant of the real clock at which the next event is due, in nanoseconds; nil for at once.
  mutating func deadline(of instant: Instant) -> Int64? {
    guard case .times(let factor) = speed else { return nil }
    let pause = last.map { $0.duration(to: instant) } ?? .zero
    last = instant
    let waited = pause > Self.longPause ? Self.shortPause : pause
    deadline += Int64(min(Double(waited.wholeNanoseconds) / factor, 1e18))
    return deadline
  }
}
