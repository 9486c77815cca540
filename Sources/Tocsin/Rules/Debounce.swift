/// Waits until a burst of values is over and lets its last value pass, its first one, or both.
///
/// A burst begins with a value that finds none open. It ends when no value has come for `quiet`, or
/// `maxWait` after its *first* value, whichever is earlier. A value at the very end of a burst
/// begins the next one.
///
///     input                   a-b-c-------d--|     quiet 3 ticks
///     Debounce(3)             -------c-------(d|)
///     Debounce(3, .leading)   a-----------d--|
///     Debounce(3, .both)      a------c----d--|
///
///     input                   a-b-c-d-e-f-g----|   quiet 3 ticks, at most 5
///     Debounce(3, maxWait: 5) -----c-----f---g-|
///
/// - Trailing: a value is held (`debouncing`); a newer one takes its place (`superseded`). It goes
///   on at the end of the burst as `quiet` or, when `maxWait` cut the burst short, `maximumWait`.
/// - Leading: the first value passes (`first`), the others are dropped (`debouncing`). Without
///   `maxWait` a stream that never falls quiet is silent after its first value.
/// - Both: the first value passes, the last of the others goes on as with trailing.
///
/// At the end of the stream a pending value goes on at once (`ended`). A `quiet` or `maxWait` of
/// zero or less passes every value (`passed`).
///
/// - Complexity: O(1) time for each value; memory of one value. No allocation.
@frozen
public struct Debounce<Value>: TimedRule {
  /// Which values of a burst go on.
  @frozen
  public enum Edge: String, Codable, Hashable, Sendable {
    /// The last value, when the burst is over.
    case trailing
    /// The first value, at once.
    case leading
    /// The first value at once, and the last of the others when the burst is over.
    case both
  }

  /// Which values of a burst go on.
  public let edge: Edge
  @usableFromInline internal let quiet: Int64
  @usableFromInline internal let maxWait: Int64
  @usableFromInline internal var quietEnd = Instant.distantPast
  @usableFromInline internal var cap = Instant.distantPast
  @usableFromInline internal var pending: Value?

  /// Makes a debounce in which no burst is open.
  ///
  /// - Parameters:
  ///   - quiet: How long nothing may come for a burst to be over.
  ///   - edge: Which values of a burst go on.
  ///   - maxWait: The longest a burst may last, from its first value. `nil` sets no bound.
  @inlinable
  public init(_ quiet: Duration, _ edge: Edge = .trailing, maxWait: Duration? = nil) {
    self.edge = edge
    self.quiet = quiet.ruleNanoseconds
    self.maxWait = maxWait?.ruleNanoseconds ?? .max
  }

  /// Takes a value of the current burst, or begins one with it.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Value> {
    if quiet == 0 || maxWait == 0 { return .pass(input, .passed) }
    if edge == .trailing {
      extend(from: now)
      return hold(input)
    }
    let opens = now >= burstEnd
    extend(from: now)
    if opens { return .pass(input, .first) }
    return edge == .leading ? .drop(.debouncing) : hold(input)
  }

  /// Takes the burst on, or begins one. Which of them is a choice of values and not of ways, because
  /// a processor cannot guess it.
  @inlinable
  @inline(__always)
  internal mutating func extend(from now: Instant) {
    let newCap = now.advanced(byNanoseconds: maxWait)
    let newEnd = now.advanced(byNanoseconds: quiet)
    cap = now >= burstEnd ? newCap : cap
    quietEnd = newEnd
  }

  @inlinable
  @inline(__always)
  internal mutating func hold(_ input: Value) -> Verdict<Value> {
    let replaces = pending != nil
    pending = input
    return replaces ? .replace(.superseded) : .hold(.debouncing)
  }

  @inlinable
  @inline(__always)
  internal var burstEnd: Instant { min(quietEnd, cap) }

  /// The end of the burst while a value is pending.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { pending == nil ? .distantFuture : burstEnd }

  /// Gives the pending value when its burst is over.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Value>? {
    guard let value = pending, burstEnd.isDue(at: now) else { return nil }
    pending = nil
    return Due(value, at: burstEnd, quietEnd <= cap ? .quiet : .maximumWait)
  }

  /// Gives the pending value, if there is one.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Value>? {
    guard let value = pending else { return nil }
    pending = nil
    quietEnd = now
    return Due(value, at: now, .ended)
  }

  /// How many values wait inside: 0 or 1.
  @inlinable public var heldCount: Int { pending == nil ? 0 : 1 }
}

extension Debounce: Sendable where Value: Sendable {}
extension Debounce: Encodable where Value: Encodable {}
extension Debounce: Decodable where Value: Decodable {}
