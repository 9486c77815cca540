/// The fixed numbers of the reference graph. Durations are nanoseconds.
public enum Limits {
  /// How many of the latest values a monitor averages.
  @inlinable public static var window: Int { 1000 }
  /// The quiet time of the keyed debounce.
  @inlinable public static var debounce: Int64 { 500_000_000 }
  /// The pause of the keyed cooldown, from the last alert that passed.
  @inlinable public static var cooldown: Int64 { 300_000_000_000 }
  /// The sliding window of the keyed escalation: open at its start, closed at its end.
  @inlinable public static var escalationWindow: Int64 { 600_000_000_000 }
  /// The occurrences within the window that make an alert critical.
  @inlinable public static var escalationCount: Int { 3 }
  /// The severity of an escalated alert.
  @inlinable public static var critical: UInt8 { 3 }
}

/// How much of the stream alerts.
public enum Alerting: String, Sendable {
  /// One event in a hundred, once the monitors have seen 100 values.
  case onePercent
  /// Every event, from the first.
  case all

  /// How far from the mean a value may be.
  public var threshold: Double { self == .all ? -.infinity : 120 }
  /// How many values a monitor sees before it judges.
  public var warmUp: Int { self == .all ? 0 : 100 }
}
