/// What a rule decided about one value, and why.
@frozen
public enum Verdict<Output> {
  /// Goes on now, as `Output`.
  case pass(Output, Reason)
  /// Stays inside the rule; it may come out later.
  case hold(Reason)
  /// Stays inside the rule and takes the place of the value held before it, which is dropped.
  case replace(Reason)
  /// Goes no further.
  case drop(Reason)
}

extension Verdict: Sendable where Output: Sendable {}
extension Verdict: Equatable where Output: Equatable {}
extension Verdict: Hashable where Output: Hashable {}

extension Verdict {
  /// Why the rule decided so.
  @inlinable public var reason: Reason {
    switch self {
    case .pass(_, let reason), .hold(let reason), .replace(let reason), .drop(let reason): reason
    }
  }

  /// 1 when the value takes the place of another one that is dropped; 0 otherwise.
  @inlinable
  @inline(__always)
  internal var replacedCount: Int {
    if case .replace = self { 1 } else { 0 }
  }

  /// The value that goes on now, if one does.
  @inlinable public var output: Output? {
    if case .pass(let output, _) = self { output } else { nil }
  }
}

/// A decision as a value: an input and an instant go in, a verdict with its reason comes out.
///
/// A rule has no clock, no lock, no input or output and no actor. It can be tested as a table,
/// saved, restored, and replayed. Give the same rule the same inputs at the same instants and it
/// gives the same verdicts.
///
/// Instants given to one rule value never go back; a rule may ignore or drop what comes late.
public protocol Rule<Input, Output> {
  associatedtype Input
  associatedtype Output
  /// Decides about one input that arrives at `now`.
  mutating func receive(_ input: Input, at now: Instant) -> Verdict<Output>
  /// Whether the rule's state may be forgotten when its key has been quiet for long. False while it
  /// owes somebody something, for instance the closing message of an alert.
  var canBeForgotten: Bool { get }
  /// Whether ``prepare(for:_:)`` does anything, so that whoever drives the rule can spare the calls.
  var prepares: Bool { get }
  /// Brings near what an input will need that is expected soon. A hint: the input may never come, and
  /// what is decided must not depend on it. For rules that remember much, such as ``ByKey``.
  mutating func prepare(for input: Input, _ lead: Lead)
}

extension Rule {
  /// True: nothing is owed.
  @inlinable public var canBeForgotten: Bool { true }
  /// False: it has nothing to prepare.
  @inlinable public var prepares: Bool { false }
  /// Does nothing.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Input, _ lead: Lead) {}
}

/// Something that a timed rule lets go of because its time has come.
@frozen
public struct Due<Output> {
  /// The value that goes on.
  public var output: Output
  /// When it was due: its instant downstream, even when the rule is asked later.
  public var instant: Instant
  /// Why it goes on now.
  public var reason: Reason
  /// True when the rule made the value itself (a window's summary, an absence); false when it is an
  /// input that was held.
  public var isMade: Bool

  /// Makes a due value.
  @inlinable
  public init(_ output: Output, at instant: Instant, _ reason: Reason, isMade: Bool = false) {
    self.output = output
    self.instant = instant
    self.reason = reason
    self.isMade = isMade
  }
}

extension Due: Sendable where Output: Sendable {}
extension Due: Equatable where Output: Equatable {}

/// A rule that also acts when time passes.
///
/// Whoever drives the rule keeps the contract of ties: before it gives an input at *t* it takes all
/// that is due at or before *t*.
public protocol TimedRule<Input, Output>: Rule {
  /// The earliest instant at which ``expire(at:)`` has something to do; ``Instant/distantFuture``
  /// when there is nothing to wait for. O(1).
  var nextDeadline: Instant { get }
  /// Takes one thing that is due at or before `now`, in the order of their instants, or nil when
  /// nothing is. Call it until it gives nil. It may also only change the rule's state and give nil,
  /// and then `nextDeadline` is later than `now`.
  mutating func expire(at now: Instant) -> Due<Output>?
  /// Takes one pending value at the end of the stream, or nil when there is none left. Call it
  /// until it gives nil.
  mutating func finish(at now: Instant) -> Due<Output>?
}
