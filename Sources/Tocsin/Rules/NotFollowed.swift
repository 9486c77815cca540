/// Fires when a value of one kind is not followed by one of another within a time, and resolves when
/// it is followed after all.
///
///     input                                    a-b---a-----b---a-a----|
///     NotFollowed(first a, by b, within 4)     ----------F-R-------F--|     F fires, R resolves
///
/// The first kind opens. When none of the second kind has come, the signal fires by timer at exactly
/// `opened + limit`, with the value that opened and its instant; what follows at that very instant
/// comes after it. The first value of the second kind that comes later resolves the signal
/// (`resolved`), so an order that is acknowledged late is not reported as lost for ever.
///
/// While one is open the first that opened counts: others of its kind go no further (`duplicate`, or
/// `stillFiring` when the signal fires), so a stream of repeats cannot put the signal off. Give each
/// order its own key, and every order has a timer of its own; in one stream for all, an
/// acknowledgement of any would do for the first.
///
/// A value that is of both kinds ends what is open and then opens anew. Signals are made of several
/// values, so no value is held: each is dropped with what it meant (`waitingForNext` when it opens,
/// `followed` when it came in time, `unmatched` when nothing is open, `filtered` when it is of neither
/// kind), or passes as the resolved signal. At the end of the stream an open value proves nothing and
/// is forgotten; a signal that fires stays open. A limit of zero or less fires at the instant of the
/// value, before anything can follow.
///
/// As Esper's `every A -> (timer and not B)`, but that starts one timer for every A and never tells
/// that B came late.
///
/// - Complexity: O(1) time besides the closures; memory of one value. No allocation.
public struct NotFollowed<Value>: TimedRule {
  /// What the rule remembers. Its limit and its closures are not part of it.
  public var state = State()
  @usableFromInline internal let limit: Int64
  @usableFromInline internal let first: @Sendable (Value) -> Bool
  @usableFromInline internal let next: @Sendable (Value) -> Bool

  /// Makes a rule for which nothing is open.
  ///
  /// - Parameters:
  ///   - first: Whether a value opens. Must give the same answer for equal values.
  ///   - next: Whether a value follows. Must give the same answer for equal values.
  ///   - limit: How long after the first the second may come.
  @inlinable
  public init(
    first: @escaping @Sendable (Value) -> Bool,
    by next: @escaping @Sendable (Value) -> Bool,
    within limit: Duration
  ) {
    self.first = first
    self.next = next
    self.limit = limit.ruleNanoseconds
  }

  /// What ``NotFollowed`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State {
    /// When the value came that opened.
    public var since = Instant.distantPast
    @usableFromInline internal var deadline = Instant.distantFuture
    /// The value that opened, until the signal fires.
    @usableFromInline internal var opened: Value?
    /// Whether the signal fires.
    public var isFiring = false

    @inlinable
    internal init() {}
  }

  /// False while a value waits or the signal fires.
  @inlinable public var canBeForgotten: Bool { !state.isFiring && state.opened == nil }

  /// Asks what kind a value is of.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Signal<Value>> {
    let (opens, follows) = (first(input), next(input))
    let (wasFiring, wasOpen) = (state.isFiring, state.opened != nil)
    if follows { state.close() }
    if opens && !state.isFiring && state.opened == nil {
      state.open(input, at: now, until: now.advanced(byNanoseconds: limit))
      if !wasFiring && !wasOpen { return .drop(.waitingForNext) }
    }
    guard follows else { return .drop(reason(opens)) }
    if wasFiring { return .pass(Signal(input, .resolved, since: now), .resolved) }
    return .drop(wasOpen ? .followed : .unmatched)
  }

  /// What a value meant that did not follow and did not open.
  @inlinable
  internal func reason(_ opens: Bool) -> Reason {
    opens ? (state.isFiring ? .stillFiring : .duplicate) : .filtered
  }

  /// When the signal fires unless something follows.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { state.deadline }

  /// Gives the signal of a value that was not followed in time.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Signal<Value>>? {
    let (instant, opened) = (state.deadline, state.opened)
    guard instant.isDue(at: now) else { return nil }
    state.close()
    guard let opened else { return nil }
    state.isFiring = true
    let signal = Signal(opened, .firing, since: state.since)
    return Due(signal, at: instant, .notFollowed, isMade: true)
  }

  /// An open value proves nothing: nil.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Signal<Value>>? {
    if state.opened != nil { state.close() }
    return nil
  }
}

extension NotFollowed.State {
  @inlinable
  @inline(__always)
  internal mutating func open(_ value: Value, at now: Instant, until end: Instant) {
    (opened, since, deadline) = (value, now, end)
  }

  @inlinable
  @inline(__always)
  internal mutating func close() {
    (isFiring, deadline, opened) = (false, .distantFuture, nil)
  }
}

extension NotFollowed: Sendable where Value: Sendable {}
extension NotFollowed.State: Sendable where Value: Sendable {}
extension NotFollowed.State: Encodable where Value: Encodable {}
extension NotFollowed.State: Decodable where Value: Decodable {}
