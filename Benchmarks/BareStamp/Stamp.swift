// Takes the place of the engine's Stamp.swift in the copy that `Benchmarks/stamp-cost` builds.

/// A stamp that carries only what the engine itself needs to put events in order: when they were
/// sent. The rest of a real stamp is here without memory and without work.
@frozen
public struct Stamp: Hashable, Sendable {
  /// When it was sent on last.
  public var sent: Instant

  /// Not carried: the same as ``sent``.
  @inlinable
  public var ingested: Instant {
    @inline(__always) get { sent }
    @inline(__always) set {}
  }

  /// Not carried.
  @inlinable
  public var sequence: UInt32 {
    @inline(__always) get { 0 }
    @inline(__always) set {}
  }

  /// Not carried.
  @inlinable
  var trail: UInt32 {
    @inline(__always) get { 0 }
    @inline(__always) set {}
  }

  /// Makes a stamp without number and trail.
  @inlinable
  @inline(__always)
  public init(ingested: Instant, sequence: UInt32) { sent = ingested }
}
