public import OpenCombine

extension Tap where Upstream.Output: KeyedEvent {
  /// Lets at most so many values pass in each window of time, for each key; see ``ThrottleRule``.
  ///
  ///     input                       a-b-c-d-e----f-|
  ///     throttle(1, per: 4 ticks)   a---c---e----f-|
  ///
  /// A window opens with a value that passes. The rest is dropped as throttled. Of alerts the last
  /// word is the truth: the end of an announced episode passes at once, a critical alert always
  /// does, and an episode that had no room is announced at the end of the window. A key that owes
  /// nothing and was not seen for an hour, or twice the window, is forgotten.
  ///
  /// - Parameters:
  ///   - count: How many values of a key pass in a window.
  ///   - window: How long a window is. Zero passes all.
  ///   - trailing: Whether the newest value that had no room passes at the end of the window.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func throttle(
    _ count: Int = 1,
    per window: Duration,
    trailing: Bool = false
  ) -> Tap<Throttled<Upstream>> {
    let rule = Throttle<Envelope<Upstream.Output>>(count, per: window, trailing: trailing)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(window)),
        "throttle",
        limitWords(count, window),
        isDelay: false
      )
    ) { Throttled($0) }
  }
}

extension Tap {
  /// Lets at most so many values pass in each window of time. All values are one stream.
  ///
  /// As ``throttle(_:per:trailing:)``, with one window for all.
  @inlinable
  @inline(__always)
  public func throttle(
    asOne count: Int,
    per window: Duration,
    trailing: Bool = false
  ) -> Tap<ThrottledAsOne<Upstream>> {
    let rule = Throttle<Envelope<Upstream.Output>>(count, per: window, trailing: trailing)
    return shaped(carried(rule, "throttle", limitWords(count, window), isDelay: false)) {
      ThrottledAsOne($0)
    }
  }
}

extension Tap where Upstream.Output: KeyedEvent & Phased {
  /// Lets at most so many alerts of all keys pass in each window of time.
  ///
  /// One window for all; but every key's last word is the truth: see ``EpisodesMemory``.
  @inlinable
  @inline(__always)
  public func throttle(
    asOne count: Int,
    per window: Duration,
    trailing: Bool = false
  ) -> Tap<ThrottledEpisodes<Upstream>> {
    let rule = ThrottleOfEpisodes<Envelope<Upstream.Output>>(
      count,
      per: window,
      trailing: trailing
    )
    return shaped(carried(rule, "throttle", limitWords(count, window), isDelay: false)) {
      ThrottledEpisodes($0)
    }
  }
}

/// A limit for a picture: `3 in 5 min`.
@usableFromInline
func limitWords(_ count: Int, _ window: Duration) -> String {
  "\(max(1, count)) in \(words(window))"
}
