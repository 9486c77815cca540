/// What a timed rule lets go of, as its operator sees it: a plain value and the stamp it came with.
///
/// Operators give their rules envelopes, so that a held value keeps its stamp, and the rules do not
/// know of it.
public protocol Carrier<Plain> {
  associatedtype Plain
  /// The plain value, with the stamp of the input it comes from, or `fallback` when it was made of
  /// none or of many.
  consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<Plain>
}

extension Envelope: Carrier {
  /// The envelope itself.
  @inlinable
  @inline(__always)
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<Value> { self }
}

extension Signal: Carrier where Value: Carrier {
  /// The signal in an envelope, with the stamp of its value.
  @inlinable
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<Signal<Value.Plain>> {
    let inner = value.unpacked(orStampedAs: fallback)
    return Envelope(Signal<Value.Plain>(inner.value, phase, since: since), inner.stamp)
  }
}

extension AbsenceSignal: Carrier where Value: Carrier {
  /// The signal in an envelope, with the stamp of its last value, or `fallback` when none ever came.
  @inlinable
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<
    AbsenceSignal<Value.Plain>
  > {
    let inner = last?.unpacked(orStampedAs: fallback)
    return Envelope(
      AbsenceSignal<Value.Plain>(last: inner?.value, since: since, phase),
      inner?.stamp ?? fallback
    )
  }
}

/// The output of a rule that does not know of stamps.
@frozen
public struct Bare<Plain>: Carrier {
  @usableFromInline let plain: Plain

  @inlinable
  init(_ plain: Plain) { self.plain = plain }

  /// The value in an envelope with the stamp `fallback`.
  @inlinable
  @inline(__always)
  public consuming func unpacked(orStampedAs fallback: Stamp) -> Envelope<Plain> {
    Envelope(plain, fallback)
  }
}

/// A timed rule of plain values, as one of envelopes. What it lets go of later has the stamp of the
/// operator's last input.
@frozen
public struct BareRule<Base: TimedRule>: TimedRule {
  @usableFromInline var base: Base

  @inlinable
  init(_ base: Base) { self.base = base }

  /// Gives the plain value to the rule.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: Envelope<Base.Input>,
    at now: Instant
  ) -> Verdict<Bare<Base.Output>> {
    switch base.receive(input.value, at: now) {
    case .pass(let output, let reason): .pass(Bare(output), reason)
    case .hold(let reason): .hold(reason)
    case .replace(let reason): .replace(reason)
    case .drop(let reason): .drop(reason)
    }
  }

  /// Whether the rule prepares for inputs.
  @inlinable public var prepares: Bool { base.prepares }
  /// What the rule prepares.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Envelope<Base.Input>, _ lead: Lead) {
    base.prepare(for: input.value, lead)
  }

  /// Whether the rule's state may be forgotten.
  @inlinable public var canBeForgotten: Bool { base.canBeForgotten }

  /// The rule's next deadline.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { base.nextDeadline }

  /// Takes one thing that the rule has due.
  @inlinable
  @inline(__always)
  public mutating func expire(at now: Instant) -> Due<Bare<Base.Output>>? {
    guard let due = base.expire(at: now) else { return nil }
    return Self.bare(due)
  }

  /// Takes one pending value of the rule at the end of the stream.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Bare<Base.Output>>? {
    guard let due = base.finish(at: now) else { return nil }
    return Self.bare(due)
  }

  @inlinable
  @inline(__always)
  static func bare(_ due: Due<Base.Output>) -> Due<Bare<Base.Output>> {
    Due(Bare(due.output), at: due.instant, due.reason, isMade: due.isMade)
  }
}
