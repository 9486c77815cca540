extension Flapping {
  /// What ``Flapping`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State: Sendable {
    /// Whether the newest alert fires.
    public var isFiring = false
    /// Whether alerts are held back.
    public var isFlapping = false
    /// The severity of the newest alert that went on.
    @usableFromInline internal var severity = Severity.info
    /// How many firing alerts were held back since the last one that went on.
    @usableFromInline internal var suppressed = 0
    /// When the alert has settled.
    @usableFromInline internal var deadline = Instant.distantFuture
    /// The newest changes: at most so many as make it flap.
    @usableFromInline internal var changes: ShortRing<Instant>
    /// While it flaps the newest alert; else the newest firing one.
    @usableFromInline internal var newest: Value?

    @inlinable
    internal init(limit: Int) {
      changes = ShortRing(limit: limit)
    }
  }
}

extension Flapping.State {
  /// Notes a firing alert that goes on.
  @inlinable
  @inline(__always)
  internal mutating func told(_ alert: Value) {
    severity = alert.severity
    newest = alert
  }

  /// The alert, standing for those held back before it too.
  @inlinable
  internal mutating func handingOn(_ alert: Value) -> Value {
    guard suppressed > 0 else { return alert }
    var output = alert
    output.occurrences = suppressed.addingSaturating(alert.occurrences)
    suppressed = 0
    return output
  }

  /// The final state: a firing alert is one of those that were held back, or was told before.
  @inlinable
  internal mutating func final(_ alert: Value) -> Value {
    if alert.phase == .resolved { return handingOn(alert) }
    var output = alert
    output.occurrences = max(1, suppressed)
    suppressed = 0
    return output
  }
}

extension Flapping.State: Encodable where Value: Encodable {}
extension Flapping.State: Decodable where Value: Decodable {}
