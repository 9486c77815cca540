/// The memory of one limit over the alerts of many keys: every key has episodes of its own.
///
/// As ``StreamMemory`` for values with a phase, key by key: what waits of several keys passes in the
/// order in which the keys began to wait, one at a time, as there is room. So of a storm nothing is
/// lost that the last word of a key needs; it only comes later.
///
/// Memory is bounded: of more than 131 072 keys with an episode of which nothing waits, the one that
/// was heard of longest ago is forgotten. As it cannot be known any more whether its episode was
/// announced, closing alerts of unknown keys then pass. What waits is never forgotten: one alert for
/// each key at most.
@frozen
public struct EpisodesMemory<Value: KeyedEvent & Phased>: LimitMemory {
  /// How many keys are remembered.
  @inlinable internal static var limit: Int { 131_072 }

  @usableFromInline internal let keepsRepeats: Bool
  @usableFromInline internal let bearing: Bearing<Value>
  @usableFromInline internal var episodes = EpisodeTable<Value.Key, Value>()
  @usableFromInline internal var hasForgotten = false

  @usableFromInline
  internal init(_ keepBack: KeepBack) {
    keepsRepeats = keepBack != .none
    bearing = Bearing()
  }

  @inlinable
  internal func standing(of input: Value) -> Standing {
    if let standing = bearing.read(input) { standing } else { Standing(input.phase) }
  }

  /// What the limit may do with a value.
  @inlinable
  @inline(__always)
  public func claim(of input: Value) -> LimitClaim {
    if input.phase == .resolved { return .closing }
    return standing(of: input).severity == .critical ? .urgent : .limited
  }

  /// Whether nobody was told of its episode yet, or of one so severe.
  @inlinable
  public func isNews(_ input: Value) -> Bool {
    guard let slot = episodes.slot(of: input.key) else { return true }
    return isNews(standing(of: input).rank, in: slot)
  }

  @inlinable
  @inline(__always)
  internal func isNews(_ rank: UInt8, in slot: Int) -> Bool {
    !episodes[slot].isOwed || rank > episodes[slot].announced
  }

  /// True: the episode of a key may be far away.
  @inlinable public var prepares: Bool { true }

  /// Brings near what is known of a value's key.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Value, _ lead: Lead) {
    episodes.rows.prepare(for: input.key, lead)
  }

  /// Takes note of a value that passes, and hands on what it stands for.
  @inlinable
  public mutating func pass(_ input: Value, _ reason: Reason) -> Verdict<Value> {
    let slot = hear(of: input.key)
    episodes.stopWaiting(slot)
    return .pass(announce(input, in: slot), reason)
  }

  @inlinable
  @inline(__always)
  internal mutating func hear(of key: Value.Key) -> Int {
    let (slot, isFull) = episodes.hear(of: key, limit: Self.limit)
    if _slowPath(isFull) { hasForgotten = true }
    return slot
  }

  /// Takes note of a value that goes on. It stands for those kept back.
  @inlinable
  @inline(__always)
  internal mutating func announce(_ input: Value, in slot: Int) -> Value {
    let rank = standing(of: input).rank
    let worst = episodes[slot].isOwed ? max(episodes[slot].announced, rank) : rank
    (episodes[slot].announced, episodes[slot].isOwed) = (worst, true)
    return handOn(input, from: slot)
  }

  @inlinable
  internal mutating func handOn(_ input: Value, from slot: Int) -> Value {
    let suppressed = episodes[slot].suppressed
    guard suppressed > 0, bearing.handsOn else { return input }
    episodes[slot].suppressed = 0
    return bearing.handOn(input, suppressed)
  }

  /// Ends an episode, and passes its closing value when it was announced.
  @inlinable
  public mutating func close(_ input: Value) -> Verdict<Value> {
    guard let slot = episodes.slot(of: input.key) else {
      return hasForgotten ? .pass(input, .resolved) : .drop(.neverAnnounced)
    }
    episodes.stopWaiting(slot)
    let isOwed = episodes[slot].isOwed
    let output = isOwed ? handOn(input, from: slot) : input
    episodes[slot].isOwed = false
    if episodes[slot].suppressed == 0 { episodes.remove(slot) }
    return isOwed ? .pass(output, .resolved) : .drop(.neverAnnounced)
  }

  /// Drops, counts or keeps a value for which there was no room.
  @inlinable
  @inline(__always)
  public mutating func keepBack(_ input: Value, _ reason: Reason) -> Verdict<Value> {
    let (slot, standing) = (hear(of: input.key), standing(of: input))
    if bearing.handsOn {
      let sum = episodes[slot].suppressed.addingSaturating(standing.occurrences)
      episodes[slot].suppressed = sum
    }
    if keepsRepeats || isNews(standing.rank, in: slot) { wait(input, standing.rank, in: slot) }
    return .drop(reason)
  }

  @inlinable
  @inline(__always)
  internal mutating func wait(_ input: Value, _ rank: UInt8, in slot: Int) {
    if let worst = episodes[slot].waiting {
      if standing(of: worst).rank <= rank { episodes[slot].waiting = input }
    } else {
      episodes.beginWaiting(slot, input)
    }
  }

  /// Whether something is to pass as soon as there is room.
  @inlinable
  @inline(__always)
  public var isWaiting: Bool { episodes.waitingCount > 0 }

  /// Takes what is to pass next.
  @inlinable
  public mutating func release(at instant: Instant, _ reason: Reason) -> Due<Value>? {
    guard let slot = episodes.longestWaiting, let value = episodes[slot].waiting else { return nil }
    episodes.stopWaiting(slot)
    let own = max(1, standing(of: value).occurrences)
    episodes[slot].suppressed = max(0, episodes[slot].suppressed - own)
    return Due(announce(value, in: slot), at: instant, reason, isMade: true)
  }

  /// False while a closing message is owed, or something waits.
  @inlinable public var canBeForgotten: Bool { episodes.count == 0 && !isWaiting }

  /// None: what waits was counted as dropped, and is made again.
  @inlinable public var heldCount: Int { 0 }
}

extension EpisodesMemory: Sendable where Value: Sendable {}
extension EpisodesMemory: Encodable where Value: Encodable, Value.Key: Encodable {}
extension EpisodesMemory: Decodable where Value: Decodable, Value.Key: Decodable {}
