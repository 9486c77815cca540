/// Two values of which the second followed the first.
@frozen
public struct Followed<Value> {
  /// The value that began it.
  public var first: Value
  /// The value that followed.
  public var second: Value
  /// How long it took. Zero or more.
  public var took: Duration

  /// Puts two values together.
  @inlinable
  public init(_ first: Value, _ second: Value, took: Duration) {
    self.first = first
    self.second = second
    self.took = took
  }
}

/// Tells when a value of one kind is followed by one of another within a time, and how long it took.
///
///     input                                  a-b---a---b-b-a-ab-|
///     FollowedBy(first a, then b, within 4)  --x--------------y-|     x, y: a and b
///
/// The first kind opens; the second kind that comes before `opened + limit` passes as the pair
/// (`followed`). At that very instant it is too late. While one is open the first that opened counts:
/// others of its kind go no further (`duplicate`), so a stream of repeats cannot put the end off, and
/// every pair tells the whole time. Give each order its own key, and every order is on its own.
///
/// A value that is of both kinds ends what is open and then opens anew. Values are dropped with what
/// they meant: `waitingForNext` when they open, `unmatched` when they are of the second kind and
/// nothing is open, `filtered` when they are of neither. An open one is forgotten when its time is
/// over and at the end of the stream: what did not happen is not told here, but by ``NotFollowed``.
/// A limit of zero or less matches nothing.
///
/// - Complexity: O(1) time besides the closures; memory of one value. No allocation.
public struct FollowedBy<Value>: Rule {
  /// What the rule remembers. Its limit and its closures are not part of it.
  public var state = State()
  @usableFromInline internal let limit: Int64
  @usableFromInline internal let first: @Sendable (Value) -> Bool
  @usableFromInline internal let then: @Sendable (Value) -> Bool

  /// Makes a rule for which nothing is open.
  ///
  /// - Parameters:
  ///   - first: Whether a value opens. Must give the same answer for equal values.
  ///   - then: Whether a value follows. Must give the same answer for equal values.
  ///   - limit: How long after the first the second may come.
  @inlinable
  public init(
    first: @escaping @Sendable (Value) -> Bool,
    then: @escaping @Sendable (Value) -> Bool,
    within limit: Duration
  ) {
    self.first = first
    self.then = then
    self.limit = limit.ruleNanoseconds
  }

  /// What ``FollowedBy`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State {
    /// When the open value came.
    public var since = Instant.distantPast
    /// The value that is open, also when its time is over and nothing has come since.
    @usableFromInline internal var opened: Value?

    @inlinable
    internal init() {}
  }

  /// Asks what kind a value is of.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Followed<Value>> {
    if state.opened != nil, since(now) >= limit { state.opened = nil }
    let (opens, follows) = (first(input), then(input))
    guard follows, let opened = state.opened else { return open(input, opens, follows, at: now) }
    let took = Duration.nanoseconds(since(now))
    (state.opened, state.since) = (opens ? input : nil, now)
    return .pass(Followed(opened, input, took: took), .followed)
  }

  @inlinable
  @inline(__always)
  internal mutating func open(
    _ input: Value,
    _ opens: Bool,
    _ follows: Bool,
    at now: Instant
  ) -> Verdict<Followed<Value>> {
    guard opens else { return .drop(follows ? .unmatched : .filtered) }
    if state.opened != nil { return .drop(.duplicate) }
    (state.opened, state.since) = (input, now)
    return .drop(.waitingForNext)
  }

  /// How many nanoseconds ago the open value came.
  @inlinable
  internal func since(_ now: Instant) -> Int64 {
    state.since.nanoseconds(to: now)
  }
}

extension FollowedBy: Sendable where Value: Sendable {}
extension FollowedBy.State: Sendable where Value: Sendable {}
extension FollowedBy.State: Encodable where Value: Encodable {}
extension FollowedBy.State: Decodable where Value: Decodable {}
extension Followed: Sendable where Value: Sendable {}
extension Followed: Equatable where Value: Equatable {}
extension Followed: Hashable where Value: Hashable {}
extension Followed: Encodable where Value: Encodable {}
extension Followed: Decodable where Value: Decodable {}

extension Followed: KeyedEvent where Value: KeyedEvent {
  /// The key of both values.
  @inlinable public var key: Value.Key { second.key }
}

extension Followed: Carrier where Value: Carrier {
  /// The pair in an envelope, with the stamp of its second value.
  @inlinable
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<Followed<Value.Plain>> {
    let begin = first.unpacked(orStampedAs: fallback)
    let end = second.unpacked(orStampedAs: fallback)
    return Envelope(Followed<Value.Plain>(begin.value, end.value, took: took), end.stamp)
  }
}
