/// An alert of which a rule can make the closing message.
///
/// ``Alert`` conforms. A type of your own needs one line: `mutating func resolve() { phase =
/// .resolved }`.
public protocol Resolvable: Alerting {
  /// Turns the alert into the one that closes it: its phase is ``Phase/resolved`` from now on.
  mutating func resolve()
}

extension Alert: Resolvable {
  /// Sets the phase to ``Phase/resolved``.
  public mutating func resolve() { phase = .resolved }
}

extension Envelope: Resolvable where Value: Resolvable {
  /// Turns the value into the one that closes it.
  @inlinable
  public mutating func resolve() { value.resolve() }
}
