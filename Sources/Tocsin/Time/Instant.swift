/// A moment on a time line, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// Live time lines anchor their monotonic clock to the wall clock once, when they start, so an
/// instant can be printed as a date but never jumps with the wall clock. Virtual time lines start
/// at ``epoch`` unless told otherwise. Replays use the instants of the recorded events.
///
/// Arithmetic saturates at ``distantPast`` and ``distantFuture`` instead of overflowing, because a
/// recorded file may hold any number.
@frozen
public struct Instant: InstantProtocol, Hashable, Codable, Sendable {
  /// Nanoseconds since 1970-01-01T00:00:00Z. Negative before it.
  public var nanoseconds: Int64

  /// Makes an instant from nanoseconds since 1970-01-01T00:00:00Z.
  @inlinable
  @inline(__always)
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// 1970-01-01T00:00:00Z.
  @inlinable public static var epoch: Instant { Instant(nanoseconds: 0) }
  /// Later than every other instant. Stands for "never" in deadlines.
  @inlinable public static var distantFuture: Instant { Instant(nanoseconds: .max) }
  /// Earlier than every other instant.
  @inlinable public static var distantPast: Instant { Instant(nanoseconds: .min) }

  /// The instant `duration` later, or the nearest end of time when that cannot be written.
  @inlinable
  public func advanced(by duration: Duration) -> Instant {
    advanced(byNanoseconds: duration.wholeNanoseconds)
  }

  /// The duration from this instant to `other`; negative when `other` is earlier.
  @inlinable
  public func duration(to other: Instant) -> Duration { .nanoseconds(nanoseconds(to: other)) }

  /// The nanoseconds from this instant to `other`, saturating; negative when `other` is earlier.
  @inlinable
  @inline(__always)
  public func nanoseconds(to other: Instant) -> Int64 {
    let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
    return _fastPath(!overflow) ? difference : (other.nanoseconds < 0 ? Int64.min : Int64.max)
  }

  @inlinable
  @inline(__always)
  public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant that many nanoseconds later, saturating.
  @inlinable
  @inline(__always)
  public func advanced(byNanoseconds step: Int64) -> Instant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(step)
    return Instant(nanoseconds: _fastPath(!overflow) ? sum : (step < 0 ? Int64.min : Int64.max))
  }
}

extension Duration {
  /// The duration in nanoseconds, rounded toward zero and saturating at the ends of `Int64`.
  // One division of the processor; `components` takes several of 128 bits in software.
  @inlinable
  public var wholeNanoseconds: Int64 {
    let magnitude = attoseconds.magnitude
    let high = UInt64(truncatingIfNeeded: magnitude >> 64)
    let low = UInt64(truncatingIfNeeded: magnitude)
    let isNegative = attoseconds < 0
    // Else the quotient would not fit into 64 bits.
    guard high < 1_000_000_000 else { return isNegative ? .min : .max }
    let quotient = (1_000_000_000 as UInt64).dividingFullWidth((high, low)).quotient
    let whole = Int64(clamping: quotient)
    guard isNegative else { return whole }
    return quotient > whole.magnitude ? .min : -whole
  }
}
