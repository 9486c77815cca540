/// What every event carries on its way through a graph: when it came in, and where its trail is.
///
/// The lane keeps the stamp of the event at hand beside the event, not inside it: no event type has
/// to know of it, and stock OpenCombine operators between ours do not lose it. Edges and operators
/// that hold an event keep its stamp in an ``Envelope``.
@frozen
public struct Stamp: Hashable, Sendable {
  /// When the event entered the first lane.
  public var ingested: Instant
  /// When it was sent on last: by a feed, an operator or a timer.
  public var sent: Instant
  /// The number of the event on the lane it entered, modulo 2^32.
  public var sequence: UInt32
  /// The newest step of the event in the lane's trail; zero when no step is recorded.
  @usableFromInline var trail: UInt32

  /// Makes the stamp of an event that enters at `ingested`.
  @inlinable
  @inline(__always)
  public init(ingested: Instant, sequence: UInt32) {
    self.ingested = ingested
    sent = ingested
    self.sequence = sequence
    trail = 0
  }
}
