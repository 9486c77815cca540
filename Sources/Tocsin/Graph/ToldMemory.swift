/// Who was told of the open episode of each key, so that they are told of its end.
///
/// Remembered are the severities at which a key was sent on since it opened; each stands for the
/// sinks of its row. Memory is bounded: a key that was not heard of for seven days is forgotten, and
/// of more than 100,000 open keys the one that was heard of longest ago. The end of a key that is not
/// known goes where its own severity belongs.
///
/// - Complexity: O(1) on average. No allocation once there is room for the keys that are open at a
///   time.
@frozen
@usableFromInline
internal struct ToldMemory<Key: Hashable> {
  @frozen
  @usableFromInline
  internal struct Episode {
    /// A bit for each severity.
    @usableFromInline internal var told: UInt8
    @usableFromInline internal var forgottenAt: Instant

    @inlinable
    internal init(_ told: UInt8, until forgottenAt: Instant) {
      self.told = told
      self.forgottenAt = forgottenAt
    }
  }

  /// How long a key is remembered that is not heard of: 7 days, in nanoseconds.
  @inlinable internal static var patience: Int64 { 604_800_000_000_000 }

  /// How many keys are remembered.
  @usableFromInline internal let limit: Int
  @usableFromInline internal var episodes = RecencyTable<Key, Episode>()
  /// How many keys were forgotten because there were too many.
  @usableFromInline internal var forgotten = 0

  @inlinable
  internal init(limit: Int = 100_000) { self.limit = limit }

  /// The severities whose sinks an alert goes to, a bit for each.
  @inlinable
  @inline(__always)
  internal mutating func places(
    for key: Key,
    _ severity: Severity,
    _ phase: Phase,
    at now: Instant
  ) -> UInt8 {
    let own = 1 &<< severity.rawValue as UInt8
    forgetOld(at: now)
    if phase == .resolved { return close(key) ?? own }
    open(key, own, until: now.advanced(byNanoseconds: Self.patience))
    return own
  }

  @inlinable
  internal mutating func forgetOld(at now: Instant) {
    while let oldest = episodes.oldest, episodes[oldest].forgottenAt <= now {
      episodes.remove(oldest)
    }
  }

  @inlinable
  internal mutating func open(_ key: Key, _ place: UInt8, until forgottenAt: Instant) {
    if let slot = episodes.slot(of: key) {
      episodes[slot].told |= place
      episodes[slot].forgottenAt = forgottenAt
      return episodes.touch(slot)
    }
    if episodes.count >= limit, let oldest = episodes.oldest {
      episodes.remove(oldest)
      forgotten &+= 1
    }
    episodes.append(key, Episode(place, until: forgottenAt))
  }

  /// Whom the end of a key has to be told, nil when that is not known.
  @inlinable
  internal mutating func close(_ key: Key) -> UInt8? {
    guard let slot = episodes.slot(of: key) else { return nil }
    return episodes.remove(slot).told
  }
}
