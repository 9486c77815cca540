/// Which lane the operator runs on.
enum Drive: Sendable {
  /// In event time, as replays and back-tests.
  case watermark
  /// On a virtual time line, whose timers fire: what stock operators can be driven with, too.
  case timers
}

/// How a variant feeds its operator.
struct Plan: Sendable {
  var keys = 1
  var lag: Int?
  var drive = Drive.watermark
  var isPaired = false
  /// How many events are sent at once, in event time and on one input.
  var span = 1
}
