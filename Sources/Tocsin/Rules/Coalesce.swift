/// Gives the latest value of every key as one set, again and again while something changes.
///
/// The first value arms the set, which is made `interval` after it (`windowClosed`). The next set
/// follows an interval after the last one if a value came in between, otherwise an interval after
/// the value that comes then. In silence there are no sets and no timers.
///
///     input                  a1-b1-a2----------b2-|     interval 4 ticks
///     Coalesce(every: 4)     ----X---Y-------------Z|   X: a1 b1, Y: a2 b1, Z: a2 b2 (ended)
///
/// Every value lives on in a set, or gives way to a newer one of its key; it is dropped itself
/// (`summarised`). A key whose value was told and that was not heard of for `expiry` leaves; that is a
/// change too, so the next set lacks it, and when the last key has left there is one empty set.
/// ``WindowSummary/count`` says how many values came since the last set. The order in a set is that
/// in which the keys came; a new key takes the place of one that has left.
///
/// Memory is bounded: with `limit` keys inside, the one that was heard of longest ago leaves for a
/// new one, and the next set says that it is not complete. If its value was in no set yet, one is
/// given first, at once (`bufferFull`), so that no value of a key is lost unheard.
///
/// Of alerts a set has the phase that came last, so the last word of every key is the truth. A
/// critical alert never waits: the set is given at once (`moreSevere`). At the end of the stream
/// what was not told is given (`ended`). An interval of zero or less gives a set with every value.
///
/// Riemann's `coalesce` emits empty sets for ever once it has seen an event, and drops what expires
/// only after it has told it once more as if it were alive.
///
/// - Complexity: O(1) time on average for each value, O(keys) for each set; memory of one value for
///   each key, and of the last set. It allocates nothing once its table has grown, besides a set when
///   somebody still has the one before it.
@frozen
public struct Coalesce<Value: KeyedEvent>: TimedRule {
  @frozen
  @usableFromInline
  internal struct Entry {
    @usableFromInline internal var value: Value
    @usableFromInline internal var seen: Instant
    /// Whether a set has had this value.
    @usableFromInline internal var isTold = false

    @inlinable
    internal init(_ value: Value, _ seen: Instant) {
      self.value = value
      self.seen = seen
    }
  }

  @usableFromInline internal let interval: Int64
  @usableFromInline internal let expiry: Int64
  @usableFromInline internal let limit: Int
  @usableFromInline internal let bearing: Bearing<Value>
  @usableFromInline internal var entries = RecencyTable<Value.Key, Entry>()
  @usableFromInline internal var lastSet: Instant?
  /// When the next set is due while there is news.
  @usableFromInline internal var due = Instant.distantFuture
  /// The first value that came since the last set, and how many did.
  @usableFromInline internal var start = Instant.distantPast
  @usableFromInline internal var count = 0
  @usableFromInline internal var isComplete = true
  /// The last set, whose memory the next one uses again once whoever got it has let go of it.
  @usableFromInline internal var spare: [Value] = []

  /// Makes a rule that knows of no key.
  ///
  /// - Parameters:
  ///   - interval: How long at least from one set to the next, and how long news waits at most.
  ///   - expiry: After how long without a value a key leaves.
  ///   - limit: How many keys are kept at most. Less than one counts as one.
  public init(every interval: Duration, expiry: Duration, limit: Int = 10_000) {
    self.interval = interval.ruleNanoseconds
    self.expiry = expiry.ruleNanoseconds
    self.limit = max(1, limit)
    bearing = Bearing()
  }

  /// Takes the latest value of a key.
  @inlinable
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<WindowSummary<[Value]>> {
    if count == 0 { arm(at: now) }
    count = count.addingSaturating(1)
    // Not in one expression: it would copy the rule before it changes, and all entries with it.
    let isFull = take(input, at: now)
    guard let reason = reasonForSet(isFull, input) else { return .drop(.summarised) }
    let set = makeSet(at: now)
    shrink()
    return .pass(set, reason)
  }

  /// True: what is known of a key may be far away.
  @inlinable public var prepares: Bool { true }
  /// Brings near what is known of a value's key.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Value, _ lead: Lead) {
    entries.prepare(for: input.key, lead)
  }

  @inlinable
  internal mutating func arm(at now: Instant) {
    start = now
    due = now.advanced(byNanoseconds: interval)
    guard let lastSet else { return }
    let next = lastSet.advanced(byNanoseconds: interval)
    if next > now { due = next }
  }

  /// Keeps a value. True when a key that was not told has to leave for it.
  @inlinable
  internal mutating func take(_ input: Value, at now: Instant) -> Bool {
    if let slot = entries.slot(of: input.key) {
      entries[slot] = Entry(input, now)
      entries.touch(slot)
      return false
    }
    entries.append(input.key, Entry(input, now))
    guard entries.count > limit, let oldest = entries.oldest else { return false }
    if !entries[oldest].isTold { return true }
    entries.remove(oldest)
    isComplete = false
    return false
  }

  @inlinable
  @inline(__always)
  internal func reasonForSet(_ isFull: Bool, _ input: Value) -> Reason? {
    if isFull { return .bufferFull }
    if interval == 0 { return .windowClosed }
    return bearing.read(input).isUrgent ? .moreSevere : nil
  }

  @inlinable
  internal mutating func shrink() {
    while entries.count > limit, let oldest = entries.oldest {
      entries.remove(oldest)
      isComplete = false
    }
  }
}

extension Coalesce {
  private enum CodingKeys: String, CodingKey {
    case interval, expiry, limit, bearing, entries, lastSet, due, start, count, isComplete
  }
}

extension Coalesce: Sendable where Value: Sendable {}
extension Coalesce.Entry: Sendable where Value: Sendable {}
extension Coalesce: Encodable where Value: Encodable, Value.Key: Encodable {}
extension Coalesce.Entry: Encodable where Value: Encodable {}
extension Coalesce: Decodable where Value: Decodable, Value.Key: Decodable {}
extension Coalesce.Entry: Decodable where Value: Decodable {}
