/// What a variant measures. Ratios are formed inside a group.
public enum Group: String, CaseIterable, Sendable {
  /// The whole reference graph, from events to sinks.
  case graph
  /// An edge between two actors.
  case edges
  /// Keyed timers: insert, arm again, cancel, expire.
  case timers
  /// What it costs to carry a stamp.
  case stamp
  /// One operator alone.
  case operators
  /// One value of the monitors alone.
  case monitors
}
