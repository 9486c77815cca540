/// A rule that treats every key as a stream of its own: each gets a copy of a prototype rule.
///
///     var rule = ByKey(Cooldown(for: .seconds(60)), idle: .seconds(3600), limit: 10_000) {
///       (order: Order) in order.symbol
///     }
///
/// A key that is new starts with the prototype as it was given. With `idle` set, a key that was not
/// seen for so long, and whose rule waits for nothing, is forgotten; when it comes back it is new.
/// A key whose rule owes something (``Rule/canBeForgotten``: the closing message of an alert) is
/// kept for seven days. With `limit` set, a key that would be one too many is dropped as
/// `keyLimit`: what is already watched stays watched.
///
/// What is due comes out in the order of deadlines across all keys; of equal deadlines the one
/// armed first comes first. At the end of the stream the keys are drained one after the other,
/// those with the earliest deadline first, and of equal deadlines in the order of their slots.
///
/// A value that arrives costs one hash lookup, whatever the number of keys. For values that are
/// ``KeyedEvent``s, ``ByEventKey`` does without the closure.
@frozen
public struct ByKey<Key: Hashable, Inner: TimedRule>: TimedRule {
  @usableFromInline let key: @Sendable (Inner.Input) -> Key
  @usableFromInline var rules: KeyedRules<Key, Inner>

  /// Makes a rule of one rule for each key.
  ///
  /// - Parameters:
  ///   - prototype: The rule that every new key starts with.
  ///   - idle: After how long without a value a key is forgotten; nil: never. Longer than zero.
  ///   - limit: How many keys are kept at most; nil means any number. At least one.
  ///   - key: The key of a value. It has to be pure: the same value, the same key.
  @inlinable
  public init(
    _ prototype: Inner,
    idle: Duration? = nil,
    limit: Int? = nil,
    key: @escaping @Sendable (Inner.Input) -> Key
  ) {
    self.key = key
    rules = KeyedRules(prototype, idle: idle, limit: limit)
  }

  /// Makes a rule of one rule for each key, from a rule that does not act when time passes.
  ///
  /// Chosen where the compiler does not know the prototype as a ``TimedRule``. Generic code that
  /// knows only `some Rule` therefore never gives a timed rule its time.
  @inlinable
  @_disfavoredOverload
  public init<Base: Rule>(
    _ prototype: Base,
    idle: Duration? = nil,
    limit: Int? = nil,
    key: @escaping @Sendable (Base.Input) -> Key
  ) where Inner == Untimed<Base> {
    self.init(Untimed(prototype), idle: idle, limit: limit, key: key)
  }

  /// Gives a value to the rule of its key.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Inner.Input, at now: Instant) -> Verdict<Inner.Output> {
    rules.receive(key(input), input, at: now)
  }

  /// True: the state of a key may be far away.
  @inlinable public var prepares: Bool { true }
  /// Brings the state of the input's key near.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Inner.Input, _ lead: Lead) {
    rules.prepare(for: key(input), lead)
  }

  /// The number of keys that are kept.
  @inlinable public var keyCount: Int { rules.members.count }
  /// The number of times that a key was forgotten because it was idle.
  @inlinable public var forgottenCount: Int { rules.forgotten }

  /// The earliest deadline of any key, or the next check for idle ones.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { rules.nextDeadline }

  /// Takes what is due first of all keys, and forgets those that have been idle.
  @inlinable
  @inline(__always)
  public mutating func expire(at now: Instant) -> Due<Inner.Output>? { rules.expire(at: now) }

  /// Takes what is pending, key by key.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Inner.Output>? { rules.finish(at: now) }
}

/// A rule that treats every key as a stream of its own, by the key that the values carry.
///
/// As ``ByKey``, without a closure on the way.
@frozen
public struct ByEventKey<Inner: TimedRule>: TimedRule where Inner.Input: KeyedEvent {
  @usableFromInline var rules: KeyedRules<Inner.Input.Key, Inner>

  /// Makes a rule of one rule for each key.
  ///
  /// - Parameters:
  ///   - prototype: The rule that every new key starts with.
  ///   - idle: After how long without a value a key is forgotten; nil: never. Longer than zero.
  ///   - limit: How many keys are kept at most; nil means any number. At least one.
  @inlinable
  public init(_ prototype: Inner, idle: Duration? = nil, limit: Int? = nil) {
    rules = KeyedRules(prototype, idle: idle, limit: limit)
  }

  /// Makes a rule of one rule for each key, from a rule that does not act when time passes.
  ///
  /// Chosen where the compiler does not know the prototype as a ``TimedRule``. Generic code that
  /// knows only `some Rule` therefore never gives a timed rule its time.
  @inlinable
  @_disfavoredOverload
  public init<Base: Rule>(
    _ prototype: Base,
    idle: Duration? = nil,
    limit: Int? = nil
  ) where Inner == Untimed<Base> {
    self.init(Untimed(prototype), idle: idle, limit: limit)
  }

  /// Gives a value to the rule of its key.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Inner.Input, at now: Instant) -> Verdict<Inner.Output> {
    rules.receive(input.key, input, at: now)
  }

  /// True: the state of a key may be far away.
  @inlinable public var prepares: Bool { true }
  /// Brings the state of the input's key near.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Inner.Input, _ lead: Lead) {
    rules.prepare(for: input.key, lead)
  }

  /// The number of keys that are kept.
  @inlinable public var keyCount: Int { rules.members.count }
  /// The number of times that a key was forgotten because it was idle.
  @inlinable public var forgottenCount: Int { rules.forgotten }

  /// The earliest deadline of any key, or the next check for idle ones.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { rules.nextDeadline }

  /// Takes what is due first of all keys, and forgets those that have been idle.
  @inlinable
  @inline(__always)
  public mutating func expire(at now: Instant) -> Due<Inner.Output>? { rules.expire(at: now) }

  /// Takes what is pending, key by key.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Inner.Output>? { rules.finish(at: now) }
}

/// A rule that does not act when time passes, as a timed rule that never waits.
@frozen
public struct Untimed<Base: Rule>: TimedRule {
  /// The rule itself.
  public var base: Base

  /// Makes a timed rule of a rule.
  @inlinable
  public init(_ base: Base) { self.base = base }

  /// What the rule itself decides.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Base.Input, at now: Instant) -> Verdict<Base.Output> {
    base.receive(input, at: now)
  }

  /// What the rule itself says.
  @inlinable public var canBeForgotten: Bool { base.canBeForgotten }
  /// What the rule itself says.
  @inlinable public var prepares: Bool { base.prepares }
  /// What the rule itself prepares.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Base.Input, _ lead: Lead) {
    base.prepare(for: input, lead)
  }
  /// Never: ``Instant/distantFuture``.
  @inlinable public var nextDeadline: Instant { .distantFuture }
  /// Nothing is ever due: nil.
  @inlinable public mutating func expire(at now: Instant) -> Due<Base.Output>? { nil }
  /// Nothing is ever pending: nil.
  @inlinable public mutating func finish(at now: Instant) -> Due<Base.Output>? { nil }
}

extension ByKey: Sendable where Key: Sendable, Inner: Sendable {}
extension ByEventKey: Sendable where Inner: Sendable {}
extension Untimed: Sendable where Base: Sendable {}
