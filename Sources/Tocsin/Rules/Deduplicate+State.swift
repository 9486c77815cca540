extension Deduplicate {
  /// When the last value of an identity passed, and what it was.
  @frozen
  @usableFromInline
  internal struct Sighting: Codable, Sendable {
    @usableFromInline internal var instant: Instant
    /// 0: resolved. More: firing, or a plain value.
    @usableFromInline internal var rank: UInt8

    @inlinable
    internal init(_ instant: Instant, _ rank: UInt8) {
      self.instant = instant
      self.rank = rank
    }
  }

  /// What ``Deduplicate`` remembers.
  @frozen
  public struct State {
    /// How many identities were forgotten before their time because there were too many.
    public var evictedCount = 0
    /// In the order in which their last values passed.
    @usableFromInline internal var seen = SmallRecencyTable<Identity, Sighting>()

    @inlinable
    internal init() {}

    /// How many identities are remembered. Those whose time is over leave with the next value.
    @inlinable public var count: Int { seen.count }
  }
}

extension Deduplicate.State: Sendable where Identity: Sendable {}
extension Deduplicate.State: Encodable where Identity: Encodable {}
extension Deduplicate.State: Decodable where Identity: Decodable {}
