public import Tocsin

extension DrivenRule {
  /// Drives a rule over a whole stream.
  ///
  /// - Parameters:
  ///   - rule: The rule in its first state.
  ///   - stream: What goes in.
  ///   - end: When the stream ends; nil: it does not, and nothing is taken after the last event.
  ///   - isLazy: As in ``init(_:isLazy:)``.
  /// - Returns: The rule as it is at the end, with its outputs and its books.
  public static func over(
    _ rule: R,
    _ stream: [Timed<R.Input>],
    until end: Duration?,
    isLazy: Bool = false
  ) -> Self {
    var driver = Self(rule, isLazy: isLazy)
    for event in stream { driver.receive(event.value, at: event.instant) }
    if let end { driver.finish(at: .epoch.advanced(by: end)) }
    return driver
  }
}
