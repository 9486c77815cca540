public import OpenCombine

// Values with keys: each key is a stream of its own.
extension Tap where Upstream.Output: KeyedEvent {
  /// Tells when a value of one kind is followed by one of another within a time, for each key; see
  /// ``FollowedBy``.
  ///
  ///     input                                          a-b---a---b-b-a-ab-|
  ///     sequence(first: a, then: b, within: 4 ticks)   --x--------------y-|
  ///
  /// - Parameters:
  ///   - first: Whether a value opens.
  ///   - then: Whether a value follows.
  ///   - limit: How long after the first the second may come.
  /// - Returns: A tap of the pairs, with the time each took.
  @inlinable
  @inline(__always)
  public func sequence(
    first: @escaping @Sendable (Upstream.Output) -> Bool,
    then: @escaping @Sendable (Upstream.Output) -> Bool,
    within limit: Duration
  ) -> Tap<Sequences<Upstream>> {
    let rule = FollowedBy<Envelope<Upstream.Output>>(
      first: { first($0.value) },
      then: { then($0.value) },
      within: limit
    )
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(limit)),
        "sequence",
        "within \(words(limit))",
        isDelay: false
      )
    ) { Sequences($0) }
  }

  /// Fires when a value of one kind is not followed by one of another within a time, and resolves
  /// when it is followed after all, for each key; see ``NotFollowed``.
  ///
  ///     input                                            a-b---a-----b---a-a----|
  ///     notFollowed(first: a, by: b, within: 4 ticks)    ----------F-R-------F--|
  ///
  /// With the order as the key every order has a timer of its own.
  ///
  /// - Parameters:
  ///   - first: Whether a value opens.
  ///   - next: Whether a value follows.
  ///   - limit: How long after the first the second may come.
  /// - Returns: A tap of the signals.
  @inlinable
  @inline(__always)
  public func notFollowed(
    first: @escaping @Sendable (Upstream.Output) -> Bool,
    by next: @escaping @Sendable (Upstream.Output) -> Bool,
    within limit: Duration
  ) -> Tap<Unfollowed<Upstream>> {
    let rule = NotFollowed<Envelope<Upstream.Output>>(
      first: { first($0.value) },
      by: { next($0.value) },
      within: limit
    )
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(limit)),
        "notFollowed",
        "within \(words(limit))"
      )
    ) { Unfollowed($0) }
  }
}

// All values as one stream.
extension Tap {
  /// Tells when a value of one kind is followed by one of another within a time; see
  /// ``FollowedBy``. All values are one stream.
  @inlinable
  @inline(__always)
  public func sequence(
    asOneFirst first: @escaping @Sendable (Upstream.Output) -> Bool,
    then: @escaping @Sendable (Upstream.Output) -> Bool,
    within limit: Duration
  ) -> Tap<SequencesAsOne<Upstream>> {
    let rule = FollowedBy<Upstream.Output>(first: first, then: then, within: limit)
    return shaped(self.rule(rule, "sequence")) { SequencesAsOne($0) }
  }

  /// Fires when a value of one kind is not followed by one of another within a time, and resolves
  /// when it is followed after all; see ``NotFollowed``. All values are one stream.
  @inlinable
  @inline(__always)
  public func notFollowed(
    asOneFirst first: @escaping @Sendable (Upstream.Output) -> Bool,
    by next: @escaping @Sendable (Upstream.Output) -> Bool,
    within limit: Duration
  ) -> Tap<UnfollowedAsOne<Upstream>> {
    let rule = NotFollowed<Envelope<Upstream.Output>>(
      first: { first($0.value) },
      by: { next($0.value) },
      within: limit
    )
    return shaped(carried(rule, "notFollowed", "within \(words(limit))")) { UnfollowedAsOne($0) }
  }
}
