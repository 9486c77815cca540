/// What a rule that limits has to know of a value: whether it opens, goes on or closes an episode,
/// how bad it is, and how many alerts it stands for.
@frozen
@usableFromInline
internal struct Standing: Equatable, Sendable {
  @usableFromInline internal var phase: Phase
  @usableFromInline internal var severity: Severity?
  @usableFromInline internal var occurrences: Int

  @inlinable
  internal init(_ phase: Phase, _ severity: Severity? = nil, _ occurrences: Int = 1) {
    self.phase = phase
    self.severity = severity
    self.occurrences = occurrences
  }

  /// `resolved` is 0, everything that fires more, the worse the more.
  @inlinable internal var rank: UInt8 {
    phase == .resolved ? 0 : 1 + (severity?.rawValue ?? 0)
  }
}

/// How a type is read: nothing for plain values, the phase for what has one, all for alerts.
///
/// Found out once for each rule, so that generic code that does not know of alerts treats them as
/// alerts too, and so that plain values cost nothing. Follows from the type alone: nothing of it is
/// saved.
@frozen
@usableFromInline
internal struct Bearing<Value>: Sendable {
  @usableFromInline internal let read: (@Sendable (Value) -> Standing)?
  @usableFromInline internal let handOn: (@Sendable (Value, Int) -> Value)?

  @usableFromInline
  internal init() {
    if let type = Value.self as? any Alerting.Type {
      (read, handOn) = (Self.reading(type), Self.handing(type))
    } else if Value.self is any Phased.Type {
      (read, handOn) = ({ Standing(($0 as? any Phased)?.phase ?? .firing) }, nil)
    } else {
      (read, handOn) = (nil, nil)
    }
  }

  private static func reading<A: Alerting>(_ type: A.Type) -> @Sendable (Value) -> Standing {
    { value in
      guard let alert = value as? A else { return Standing(.firing) }
      return Standing(alert.phase, alert.severity, alert.occurrences)
    }
  }

  private static func handing<A: Alerting>(_ type: A.Type) -> @Sendable (Value, Int) -> Value {
    { value, suppressed in
      guard var alert = value as? A else { return value }
      alert.occurrences = suppressed.addingSaturating(alert.occurrences)
      return alert as? Value ?? value
    }
  }
}

extension Bearing: Codable {
  @usableFromInline
  internal init(from decoder: any Decoder) throws { self.init() }

  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Value.self is any Phased.Type)
  }
}
