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
///
/// It keeps what the type is and not how to read it: where the compiler knows the type it then reads
/// the fields in place, and a copy for each key counts no references. A value is read through a
/// pointer to itself, as the type that it has: `Alerting.Type` is `Value.self` there, by another
/// name.
@frozen
@usableFromInline
internal struct Bearing<Value>: Sendable {
  @frozen
  @usableFromInline
  internal enum Kind: Sendable {
    case plain, phased, alerting
  }

  @usableFromInline internal let kind: Kind

  @usableFromInline
  internal init() {
    if Value.self is any Alerting.Type {
      kind = .alerting
    } else {
      kind = Value.self is any Phased.Type ? .phased : .plain
    }
  }

  /// Whether values have a phase.
  @inlinable
  @inline(__always)
  internal var reads: Bool { kind != .plain }

  /// Whether values count what was held back before them.
  @inlinable
  @inline(__always)
  internal var handsOn: Bool { kind == .alerting }

  /// What a value says; nil for a plain one.
  @inlinable
  @inline(__always)
  internal func read(_ value: Value) -> Standing? {
    if kind == .plain { return nil }
    return withUnsafePointer(to: value) { pointer in
      if kind == .alerting, let type = Value.self as? any Alerting.Type {
        return Self.standing(type, UnsafeRawPointer(pointer))
      }
      guard let type = Value.self as? any Phased.Type else { return Standing(.firing) }
      return Standing(Self.phase(type, UnsafeRawPointer(pointer)))
    }
  }

  /// The value, standing for so many more. A value that is no alert stays as it is.
  @inlinable
  @inline(__always)
  internal func handOn(_ value: Value, _ suppressed: Int) -> Value {
    guard handsOn, let type = Value.self as? any Alerting.Type else { return value }
    var output = value
    withUnsafeMutablePointer(to: &output) { pointer in
      Self.add(suppressed, type, UnsafeMutableRawPointer(pointer))
    }
    return output
  }

  @inlinable
  @inline(__always)
  internal static func standing<A: Alerting>(_: A.Type, _ value: UnsafeRawPointer) -> Standing {
    let alert = value.assumingMemoryBound(to: A.self)
    return Standing(alert.pointee.phase, alert.pointee.severity, alert.pointee.occurrences)
  }

  @inlinable
  @inline(__always)
  internal static func phase<P: Phased>(_: P.Type, _ value: UnsafeRawPointer) -> Phase {
    value.assumingMemoryBound(to: P.self).pointee.phase
  }

  @inlinable
  @inline(__always)
  internal static func add<A: Alerting>(
    _ suppressed: Int,
    _: A.Type,
    _ value: UnsafeMutableRawPointer
  ) {
    let alert = value.assumingMemoryBound(to: A.self)
    alert.pointee.occurrences = suppressed.addingSaturating(alert.pointee.occurrences)
  }
}

extension Bearing: Codable {
  @usableFromInline
  internal init(from decoder: any Decoder) throws { self.init() }

  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(reads)
  }
}
