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
  public var description: String { "At t+\(offsetWords(elapsed)): \(message)" }
}

/// A duration in the shortest words: `3s`, `2m5s`, `1.5ms`.
func offsetWords(_ duration: Duration) -> String {
  let total = duration.wholeNanoseconds
  guard total != 0 else { return "0s" }
  let sign = total < 0 ? "-" : ""
  var rest = total.magnitude
  if rest < 1_000_000_000 { return sign + fractionWords(rest) }
  var words = ""
  for (unit, size) in [("d", 86_400), ("h", 3_600), ("m", 60)] as [(String, UInt64)] {
    let count = rest / (size * 1_000_000_000)
    rest %= size * 1_000_000_000
    if count > 0 { words += "\(count)\(unit)" }
  }
  return sign + words + (rest > 0 ? decimal(rest, per: 1_000_000_000) + "s" : "")
}

private func fractionWords(_ nanoseconds: UInt64) -> String {
  if nanoseconds < 1_000 { return "\(nanoseconds)ns" }
  if nanoseconds < 1_000_000 { return decimal(nanoseconds, per: 1_000) + "us" }
  return decimal(nanoseconds, per: 1_000_000) + "ms"
}

private func decimal(_ amount: UInt64, per unit: UInt64) -> String {
  let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
  guard rest > 0 else { return "\(whole)" }
  var digits = String(String(unit + rest).dropFirst())
  while digits.hasSuffix("0") { digits.removeLast() }
  return "\(whole).\(digits)"
}
