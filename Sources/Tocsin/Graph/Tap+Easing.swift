public import OpenCombine

extension Tap where Upstream.Output: Alerting {
  /// Sends an alert again, less severe, when it has been firing for long without becoming worse, for
  /// each key; see ``Deescalate``.
  ///
  ///     input                                e-e-----e-r--|     w is lowered
  ///     deescalate(after 5 ticks, .warning)  e-e--w--w-r--|
  ///
  /// - Parameters:
  ///   - duration: How long an alert fires without becoming worse before it is lowered.
  ///   - severity: What it is lowered to.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func deescalate(
    after duration: Duration,
    to severity: Severity
  ) -> Tap<Deescalated<Upstream>> {
    let rule = Deescalate<Envelope<Upstream.Output>>(duration, to: severity)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(duration)),
        "deescalate",
        "after \(words(duration)) → \(severity)",
        isDelay: false
      )
    ) { Deescalated($0) }
  }
}

extension Tap where Upstream.Output: Resolvable {
  /// Closes an alert by itself when it has not been repeated for a time, for each key; see
  /// ``ResolveAfterSilence``.
  ///
  ///     input                   a-a-a--------a-r-|
  ///     resolve(after 4 ticks)  a-a-a---r----a-r-|
  ///
  /// - Parameter silence: After how long without a repeat an alert is closed.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func resolve(
    after silence: Duration
  ) -> Tap<ResolvedAfterSilence<Upstream>> {
    let rule = ResolveAfterSilence<Envelope<Upstream.Output>>(silence)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(silence)),
        "resolve",
        "after \(words(silence))",
        isDelay: false
      )
    ) { ResolvedAfterSilence($0) }
  }
}
