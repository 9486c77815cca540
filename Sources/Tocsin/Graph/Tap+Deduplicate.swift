public import OpenCombine

extension Tap where Upstream.Output: KeyedEvent {
  /// Drops a value whose identity was seen a short time ago, for each key; see ``Deduplicate``.
  ///
  ///     input                          a-b-a-a-a-b-a-|
  ///     deduplicate(within: 6 ticks)   a-b---a---b-a-|
  ///
  /// The window counts from the value that passed, so duplicates cannot prolong it. A closing alert
  /// is no duplicate of the one that opened, and a more severe one is none either. A key that was
  /// not seen for an hour, or twice the window, is forgotten.
  ///
  /// - Parameters:
  ///   - identity: What makes two values of a key the same: `\.orderID`.
  ///   - window: For how long an identity is remembered.
  ///   - limit: How many identities are remembered for each key; beyond it the oldest is forgotten.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func deduplicate<Identity: Hashable & SendableMetatype>(
    by identity: @escaping @Sendable (Upstream.Output) -> Identity,
    within window: Duration,
    limit: Int = 10_000
  ) -> Tap<Deduplicated<Upstream, Identity>> {
    let rule = Deduplicate<Envelope<Upstream.Output>, Identity>(within: window, limit: limit) {
      identity($0.value)
    }
    return shaped(
      carried(
        ByEventKey(Untimed(rule), idle: idleTime(window)),
        "deduplicate",
        words(window),
        isDelay: false
      )
    ) { Deduplicated($0) }
  }
}

extension Tap {
  /// Drops a value whose identity was seen a short time ago. All values are one stream.
  ///
  /// As ``deduplicate(by:within:limit:)``: the same identity under two keys is one.
  @inlinable
  @inline(__always)
  public func deduplicate<Identity: Hashable & SendableMetatype>(
    asOneBy identity: @escaping @Sendable (Upstream.Output) -> Identity,
    within window: Duration,
    limit: Int = 100_000
  ) -> Tap<DeduplicatedAsOne<Upstream, Identity>> {
    let rule = Deduplicate<Upstream.Output, Identity>(within: window, limit: limit, by: identity)
    return shaped(self.rule(rule, "deduplicate")) { DeduplicatedAsOne($0) }
  }
}

extension Tap where Upstream.Output: Hashable & SendableMetatype {
  /// Drops a value that equals one of a short time ago. All values are one stream.
  @inlinable
  @inline(__always)
  public func deduplicate(
    asOneWithin window: Duration,
    limit: Int = 100_000
  ) -> Tap<DeduplicatedAsOne<Upstream, Upstream.Output>> {
    deduplicate(asOneBy: { $0 }, within: window, limit: limit)
  }
}

extension Tap where Upstream.Output: KeyedEvent & Hashable {
  /// Drops a value that equals one of a short time ago, for each key.
  @inlinable
  @inline(__always)
  public func deduplicate(
    within window: Duration,
    limit: Int = 10_000
  ) -> Tap<Deduplicated<Upstream, Upstream.Output>> {
    deduplicate(by: { $0 }, within: window, limit: limit)
  }
}
