/// A place where instruments are traded.
public struct Venue: Sendable {
  /// The name, as its feed has it.
  public var name: String
  /// When it is open. Silence outside these hours is no silence.
  public var hours: WatchHours

  /// Makes a venue.
  ///
  /// - Parameters:
  ///   - name: The name, as its feed has it.
  ///   - hours: When it is open; round the clock when not given.
  public init(_ name: String, hours: WatchHours = .always) {
    self.name = name
    self.hours = hours
  }
}
