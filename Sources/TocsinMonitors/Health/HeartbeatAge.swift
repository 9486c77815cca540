public import Tocsin

/// Watches links by their heartbeats: unhealthy when there is none for too long, degraded when they
/// are slow.
///
/// A source is waited for from its first heartbeat, or from ``expect(_:at:)``. It becomes unhealthy
/// at exactly the last heartbeat plus the maximum age, and degraded after so many slow heartbeats
/// in a row. It recovers from silence at the next heartbeat (to degraded if that one is slow), and
/// from slowness after as many fast ones in a row. A heartbeat without a latency counts as neither.
public struct HeartbeatAge: TimedRule, Sendable {
  private struct Pace: Sendable {
    var run = 0
    var isSlow = false
  }

  /// The age of the last success that is too much. Default: 90 s, three intervals of 30 s.
  public let maximumAge: Duration
  /// The latency that is slow. Default: 1 s.
  public let latencyLimit: Duration
  /// How many slow, or fast, heartbeats in a row count. Default: 3.
  public let inARow: Int
  private var clock: SilenceClock<String>
  private var paces = KeyTable<String, Pace>()

  /// Makes a rule that waits for no source yet. Sources beyond `sourceLimit` are refused.
  public init(
    maximumAge: Duration = .seconds(90),
    latencyLimit: Duration = .seconds(1),
    inARow: Int = 3,
    sourceLimit: Int = 1_000
  ) {
    self.maximumAge = maximumAge
    self.latencyLimit = latencyLimit
    self.inARow = max(1, inARow)
    clock = SilenceClock(keyLimit: sourceLimit)
  }

  /// When the next source will have been silent for too long.
  public var nextDeadline: Instant { clock.nextDeadline }

  /// How a source is; healthy when nothing is known against it.
  public func status(of source: String) -> HealthStatus {
    if clock.isSilent(source) { return .unhealthy }
    return isSlow(source) ? .degraded : .healthy
  }

  /// Waits for a source from now on. One that is already waited for is left as it is. False when
  /// there are too many sources.
  @discardableResult
  public mutating func expect(_ source: String, at now: Instant) -> Bool {
    guard !clock.isWaiting(for: source) else { return true }
    return clock.touch(source, limit: maximumAge, at: now) != .refused
  }

  /// Goes on after a time in which nothing could be heard: every silence counts from `now` on.
  public mutating func resume(at now: Instant) { clock.resume(at: now) }

  /// Notes a sign of life, and passes the change of status that it brings about.
  public mutating func receive(
    _ heartbeat: Heartbeat,
    at now: Instant
  ) -> Verdict<HealthTransition> {
    let before = status(of: heartbeat.source)
    let life = clock.touch(heartbeat.source, limit: maximumAge, at: now)
    if life == .refused { return .drop(.keyLimit) }
    if let latency = heartbeat.latency { pace(heartbeat.source, latency) }
    let after = status(of: heartbeat.source)
    guard after != before else { return .drop(.unchanged) }
    let transition = HealthTransition(
      component: heartbeat.source,
      from: before,
      to: after,
      reason: reason(life, after, heartbeat.latency),
      value: heartbeat.latency?.inSeconds
    )
    return .pass(transition, after == .healthy ? .resolved : .changed)
  }

  /// Takes one source that has fallen silent.
  public mutating func expire(at now: Instant) -> Due<HealthTransition>? {
    guard let silence = clock.expire(at: now) else { return nil }
    let transition = HealthTransition(
      component: silence.key,
      from: isSlow(silence.key) ? .degraded : .healthy,
      to: .unhealthy,
      reason: "no successful call for \(silence.limit.words)",
      value: silence.limit.inSeconds
    )
    return Due(transition, at: silence.instant, .absent, isMade: true)
  }

  /// Nothing: the end of the stream is no silence.
  public mutating func finish(at now: Instant) -> Due<HealthTransition>? { nil }

  private func isSlow(_ source: String) -> Bool {
    paces.state(of: source)?.isSlow ?? false
  }

  private mutating func pace(_ source: String, _ latency: Duration) {
    let slot = paces.findOrInsert(source, Pace()).slot
    var pace = paces[slot]
    let isSlow = latency > latencyLimit
    pace.run = isSlow == pace.isSlow ? 0 : pace.run + 1
    if pace.run >= inARow { pace = Pace(run: 0, isSlow: isSlow) }
    paces[slot] = pace
  }

  private func reason(
    _ life: SilenceClock<String>.Life,
    _ after: HealthStatus,
    _ latency: Duration?
  ) -> String {
    if case .returned(let silence) = life { return "it answers again after \(silence.words)" }
    guard after == .degraded, let latency else { return "calls are fast again" }
    return
      "\(inARow) calls in a row took longer than \(latencyLimit.words), the last \(latency.words)"
  }
}
