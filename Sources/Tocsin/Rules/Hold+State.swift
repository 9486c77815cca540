extension Hold {
  /// What ``Hold`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State {
    /// Where an episode stands.
    @frozen
    public enum Stage: String, Codable, Hashable, Sendable {
      /// The condition does not hold.
      case idle
      /// It holds, but not yet long enough.
      case pending
      /// It holds, and the signal fired.
      case firing
      /// It no longer holds, but the signal is kept firing for a while.
      case kept
    }

    /// When the condition last changed.
    public var since = Instant.distantPast
    /// When the stage ends by itself.
    @usableFromInline internal var deadline = Instant.distantFuture
    @usableFromInline internal var latest: Value?
    /// Where the episode stands.
    public var stage = Stage.idle

    @inlinable
    internal init() {}
  }
}

extension Hold.State {
  /// Whether the stage ends by itself.
  @inlinable internal var isTimed: Bool { stage == .pending || stage == .kept }

  /// Enters a stage that only a value ends.
  @inlinable
  @inline(__always)
  internal mutating func enter(_ stage: Stage) {
    self.stage = stage
    deadline = .distantFuture
    latest = nil
  }

  /// Enters a stage that ends by itself after `nanoseconds`.
  @inlinable
  @inline(__always)
  internal mutating func enter(
    _ stage: Stage,
    since now: Instant,
    for nanoseconds: Int64,
    _ value: Value
  ) {
    self.stage = stage
    since = now
    deadline = now.advanced(byNanoseconds: nanoseconds)
    latest = value
  }
}

extension Hold.State: Sendable where Value: Sendable {}
extension Hold.State: Encodable where Value: Encodable {}
extension Hold.State: Decodable where Value: Decodable {}
