internal import Tocsin

/// Why a test in virtual time ended before its body did, or did not end well.
///
/// The description is the whole message: what happened, who it was, where, and what to do.
public struct VirtualTimeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Nothing can move and the body still waits.
    case stuck
    /// The body waited beyond the virtual time that a test may take.
    case tooLong
    /// Work came from a thread that does not belong to the world.
    case escaped
    /// Somebody slept on a clock of the machine.
    case realClock
    /// Work at one instant does not end.
    case livelock
    /// Two drivers move one world.
    case twoDrivers
    /// The body has ended and left tasks or timers behind.
    case leftovers
    /// The same seed gave two different runs.
    case notReproducible
  }

  /// What went wrong.
  public let kind: Kind
  /// How far virtual time had come since the start.
  public let elapsed: Duration
  /// What happened, who it was, where, and what to do.
  public let message: String

  init(_ kind: Kind, after elapsed: Duration, _ message: String) {
    self.kind = kind
    self.elapsed = elapsed
    self.message = message
  }

  /// The message behind the offset in virtual time.
  public var description: String { "At t+\(elapsed.offsetText): \(message)" }
}
