/// Drops a value whose identity was seen a short time ago.
///
///     input                       a-b-a-a-a-b-a-|      window 6 ticks
///     Deduplicate(within: 6)      a-b---a---b-a-|
///
/// The window of an identity counts from its value that *passed*, so a steady stream of duplicates
/// cannot prolong it, as with the message queues that deduplicate for their users. It is half-open: a
/// value at exactly `window` after that passes and starts the window anew. The first value of an
/// identity passes (`first`), another one inside the window is dropped (`duplicate`). Nothing is
/// pending at the end of the stream. A window of zero or less lets everything pass (`passed`).
///
/// Values with a phase: an alert that closes is no duplicate of the one that opened, even if their
/// identities are equal. What differs in phase from the last value of its identity that passed goes
/// on (`resolved`, `changed`), and so does a more severe alert (`moreSevere`); each starts the window
/// anew. So a recovery is never lost, and the last word is the truth.
///
/// Memory is bounded: with `limit` identities inside, the one that passed longest ago is forgotten
/// to make room, and counted (``State/evictedCount``). A repeat of it then passes: when memory is
/// short the rule lets too much through, never too little.
///
/// - Complexity: O(1) time on average for each value besides the closure; memory of at most `limit`
///   identities. No allocation once the table has grown.
@frozen
public struct Deduplicate<Value, Identity: Hashable>: Rule {
  /// What ``Deduplicate`` remembers: save and restore it to go on where it was.
  public var state = State()
  @usableFromInline internal let window: Int64
  @usableFromInline internal let limit: Int
  @usableFromInline internal let identity: @Sendable (Value) -> Identity
  @usableFromInline internal let bearing = Bearing<Value>()

  /// Makes a rule that has seen nothing.
  ///
  /// - Parameters:
  ///   - window: For how long a value's identity is remembered, from the value that passed.
  ///   - limit: How many identities are remembered at most. Less than one counts as one.
  ///   - identity: What makes two values the same: `\.orderID`. It has to be pure.
  @inlinable
  public init(
    within window: Duration,
    limit: Int = 100_000,
    by identity: @escaping @Sendable (Value) -> Identity
  ) {
    self.window = window.ruleNanoseconds
    self.limit = max(1, limit)
    self.identity = identity
  }

  /// Lets a value pass unless it is a duplicate.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if window == 0 { return .pass(input, .passed) }
    forget(at: now)
    let identity = identity(input)
    var rank: UInt8 = 1
    if let standing = bearing.read(input) { rank = standing.rank }
    guard let slot = state.seen.slot(of: identity) else {
      enrol(identity, Sighting(now, rank))
      return .pass(input, .first)
    }
    guard let reason = reasonToPass(rank, after: state.seen.state(slot).rank) else {
      return .drop(.duplicate)
    }
    state.seen.renew(slot, Sighting(now, rank))
    return .pass(input, reason)
  }

  /// True: what is known of an identity may be far away.
  @inlinable public var prepares: Bool { true }
  /// Brings near what is known of the input's identity. Asks for the identity once more.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Value, _ lead: Lead) {
    state.seen.prepare(for: identity(input), lead)
  }

  /// Forgets what passed a window ago.
  @inlinable
  @inline(__always)
  internal mutating func forget(at now: Instant) {
    while let slot = state.seen.oldest {
      let end = state.seen.state(slot).instant.advanced(byNanoseconds: window)
      guard end.isDue(at: now) else { return }
      state.seen.remove(slot)
    }
  }

  @inlinable
  internal mutating func enrol(_ identity: Identity, _ sighting: Sighting) {
    if state.seen.count >= limit, let oldest = state.seen.oldest {
      state.seen.remove(oldest)
      state.evictedCount &+= 1
    }
    state.seen.append(identity, sighting)
  }

  /// Why a value of a known identity goes on all the same.
  @inlinable
  internal func reasonToPass(_ rank: UInt8, after last: UInt8) -> Reason? {
    if rank == 0 { return last == 0 ? nil : .resolved }
    if last == 0 { return .changed }
    return rank > last ? .moreSevere : nil
  }
}

extension Deduplicate where Value == Identity, Value: SendableMetatype {
  /// Makes a rule for which equal values are the same.
  @inlinable
  public init(within window: Duration, limit: Int = 100_000) {
    self.init(within: window, limit: limit) { $0 }
  }
}

extension Deduplicate: Sendable where Identity: Sendable {}
