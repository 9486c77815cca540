public import Tocsin

/// Lets a reading pass when it starts or stops breaking its limit.
///
/// A reading without a number changes nothing: what fired goes on firing until a number says
/// otherwise, or until it stands on no orders at all. O(1); remembers only what fires.
public struct ExecutionChanges: Rule, Sendable {
  private var firing: Set<ExecutionReading.Key> = []

  /// Makes a rule for which nothing fires.
  public init() {}

  /// Passes a reading that begins or stops breaking its limit; drops the others as unchanged, below
  /// threshold or, without a number, invalid.
  public mutating func receive(
    _ reading: ExecutionReading,
    at now: Instant
  ) -> Verdict<ExecutionReading> {
    guard reading.value.number != nil || reading.samples == 0 else { return .drop(.invalid) }
    if reading.phase == .firing {
      return firing.insert(reading.key).inserted ? .pass(reading, .changed) : .drop(.unchanged)
    }
    return firing.remove(reading.key) == nil ? .drop(.belowThreshold) : .pass(reading, .resolved)
  }
}
