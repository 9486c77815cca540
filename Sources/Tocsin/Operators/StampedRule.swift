/// A timed rule of plain values, as one of envelopes: what it lets go of has the stamp of the last
/// input that it was given.
///
/// For rules whose outputs always end with that input, such as ``Rollup``. Of many keys each has a
/// rule, and so a last stamp, of its own. The rule then keeps no stamps, and what it gives needs not
/// be unpacked.
@frozen
public struct StampedRule<Base: TimedRule>: TimedRule {
  @usableFromInline var stamp = Stamp(ingested: .distantPast, sequence: 0)
  @usableFromInline var base: Base

  @inlinable
  init(_ base: Base) { self.base = base }

  /// Gives the plain value to the rule.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: Envelope<Base.Input>,
    at now: Instant
  ) -> Verdict<Envelope<Base.Output>> {
    stamp = input.stamp
    return switch base.receive(input.value, at: now) {
    case .pass(let output, let reason): .pass(Envelope(output, input.stamp), reason)
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
  public mutating func expire(at now: Instant) -> Due<Envelope<Base.Output>>? {
    guard let due = base.expire(at: now) else { return nil }
    return stamped(due)
  }

  /// Takes one pending value of the rule at the end of the stream.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Envelope<Base.Output>>? {
    guard let due = base.finish(at: now) else { return nil }
    return stamped(due)
  }

  @inlinable
  @inline(__always)
  func stamped(_ due: Due<Base.Output>) -> Due<Envelope<Base.Output>> {
    Due(Envelope(due.output, stamp), at: due.instant, due.reason, isMade: due.isMade)
  }
}

extension StampedRule: Sendable where Base: Sendable {}
