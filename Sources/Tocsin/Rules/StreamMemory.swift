/// The memory of a limit over one stream: plain values, or the alerts of one key.
///
/// Plain values that are kept back are dropped, or wait (held) as the limit says.
///
/// Of values with a phase the last word is the truth. A firing one that has no room is dropped and
/// counted; the next that passes stands for it (``Alerting/occurrences``). When its episode was not
/// announced, or it is more severe than what was announced, it also waits: the most severe one, of
/// equals the newest, passes by timer as soon as there is room (made). A resolved one passes at once
/// and outside the limit if and only if a firing one has passed since the last (`resolved`);
/// otherwise nobody was told, and it is dropped (`neverAnnounced`). A critical alert always passes.
@frozen
public struct StreamMemory<Value>: LimitMemory {
  // The small fields first, side by side: there is one of these for each key.
  @usableFromInline internal let keepBack: KeepBack
  @usableFromInline internal let bearing: Bearing<Value>
  /// Whether the open episode was announced.
  @usableFromInline internal var isOwed = false
  /// The rank of the worst that was announced of the open episode.
  @usableFromInline internal var announced: UInt8 = 0
  /// How many may wait; one of values with a phase.
  @usableFromInline internal let limit: Int32
  @usableFromInline internal var suppressed = 0
  /// The last field: flags of whoever keeps many rules lie behind it.
  @usableFromInline internal var waiting = WaitingLine<Value>()

  @usableFromInline
  internal init(_ keepBack: KeepBack, limit: Int = 1) {
    self.keepBack = keepBack
    bearing = Bearing()
    self.limit = bearing.reads ? 1 : Int32(clamping: max(1, limit))
  }

  /// What the limit may do with a value.
  @inlinable
  @inline(__always)
  public func claim(of input: Value) -> LimitClaim {
    guard let standing = bearing.read(input) else { return .limited }
    if standing.phase == .resolved { return .closing }
    return standing.severity == .critical ? .urgent : .limited
  }

  /// Whether nobody was told of its episode yet, or of one so severe.
  @inlinable
  public func isNews(_ input: Value) -> Bool {
    guard let standing = bearing.read(input) else { return false }
    return !isOwed || standing.rank > announced
  }

  /// Takes note of a value that passes, and hands on what it stands for.
  @inlinable
  @inline(__always)
  public mutating func pass(_ input: Value, _ reason: Reason) -> Verdict<Value> {
    if let standing = bearing.read(input) { return announce(input, standing.rank, reason) }
    return .pass(input, reason)
  }

  @inlinable
  internal mutating func announce(
    _ input: Value,
    _ rank: UInt8,
    _ reason: Reason
  ) -> Verdict<Value> {
    announced = isOwed ? max(announced, rank) : rank
    isOwed = true
    waiting.removeAll()
    return .pass(handOn(input), reason)
  }

  @inlinable
  internal mutating func handOn(_ input: Value) -> Value {
    guard suppressed > 0, bearing.handsOn else { return input }
    defer { suppressed = 0 }
    return bearing.handOn(input, suppressed)
  }

  /// Ends an episode, and passes its closing value when it was announced.
  @inlinable
  public mutating func close(_ input: Value) -> Verdict<Value> {
    waiting.removeAll()
    guard isOwed else { return .drop(.neverAnnounced) }
    isOwed = false
    return .pass(handOn(input), .resolved)
  }

  /// Drops, counts or keeps a value for which there was no room.
  @inlinable
  @inline(__always)
  public mutating func keepBack(_ input: Value, _ reason: Reason) -> Verdict<Value> {
    if let standing = bearing.read(input) { return suppress(input, standing, reason) }
    switch keepBack {
    case .none: return .drop(reason)
    case .newest:
      return waiting.append(input, limit: 1) ? .replace(reason) : .hold(.waitingForNext)
    case .queue:
      if waiting.count >= Int(limit) { return .drop(.bufferFull) }
      _ = waiting.append(input, limit: Int(limit))
      return .hold(.queued)
    }
  }

  @inlinable
  internal mutating func suppress(
    _ input: Value,
    _ standing: Standing,
    _ reason: Reason
  ) -> Verdict<Value> {
    suppressed = suppressed.addingSaturating(standing.occurrences)
    if keepBack != .none || !isOwed || standing.rank > announced { wait(input, standing.rank) }
    return .drop(reason)
  }

  @inlinable
  internal mutating func wait(_ input: Value, _ rank: UInt8) {
    if let worst = waiting.first, let known = bearing.read(worst), known.rank > rank { return }
    _ = waiting.append(input, limit: 1)
  }

  /// Whether something is to pass as soon as there is room.
  @inlinable
  @inline(__always)
  public var isWaiting: Bool { !waiting.isEmpty }

  /// Takes what is to pass next.
  @inlinable
  public mutating func release(at instant: Instant, _ reason: Reason) -> Due<Value>? {
    guard let value = waiting.first else { return nil }
    waiting.removeFirst()
    guard let standing = bearing.read(value) else { return Due(value, at: instant, reason) }
    announced = isOwed ? max(announced, standing.rank) : standing.rank
    isOwed = true
    return Due(standIn(value, standing.occurrences), at: instant, reason, isMade: true)
  }

  /// The value that waited stands for all that were kept back, of which it is one.
  @inlinable
  internal mutating func standIn(_ value: Value, _ own: Int) -> Value {
    defer { suppressed = 0 }
    guard bearing.handsOn, suppressed > max(1, own) else { return value }
    return bearing.handOn(value, suppressed - max(1, own))
  }

  /// False while a closing message is owed, or something waits.
  @inlinable public var canBeForgotten: Bool { !isOwed && !isWaiting }

  /// How many inputs wait inside: none of values with a phase, which are made again.
  @inlinable public var heldCount: Int { bearing.reads ? 0 : waiting.count }
}

extension StreamMemory: Sendable where Value: Sendable {}
extension StreamMemory: Encodable where Value: Encodable {}
extension StreamMemory: Decodable where Value: Decodable {}
