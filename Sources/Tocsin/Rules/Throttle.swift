/// Lets at most so many values pass in each window of time.
///
/// A window opens with a value that passes when none is open, not when the rule is made, and takes
/// the first `count` values of `[start, start + window)`. A value at the very end of a window opens
/// the next one. The rest is dropped (`throttled`).
///
///     input                            a-b-c-d-e----f-|     window 4 ticks
///     Throttle(1, per: 4)              a---c---e----f-|
///     Throttle(2, per: 4)              a-b-c-d-e----f-|
///     Throttle(1, per: 4, trailing)    a---c---e----f-|     input a-bc-----|
///                                      a---c-----|
///
/// With `trailing` the newest value that had no room waits (`waitingForNext`; a newer one takes its
/// place, `throttled`) and passes at the end of the window (`windowClosed`), where it opens the next
/// one, as in Rx. The timer comes before a value of the same instant. At the end of the stream what
/// waits goes on at once (`ended`). A count of less than one counts as one; a window of zero or less
/// lets everything pass (`passed`).
///
/// Values with a phase are limited so that the last word is the truth; see ``StreamMemory``. An
/// announced episode's end passes at once and does not count. A critical alert always passes, and
/// counts. An episode that had no room is announced at the end of the window if it still fires then
/// (`windowClosed`). What is held back is handed on in the number that the next one stands for.
///
/// Riemann's `throttle` aligns its windows to the instant at which the stream was built: two alerts
/// 20 s apart can both pass a limit of one in 300 s, because a border lies between them, and a
/// recovery can be dropped like any other event.
///
/// - Complexity: O(1) time for each value; memory of one value. No allocation once one has waited.
@frozen
public struct ThrottleRule<Memory: LimitMemory>: TimedRule {
  @usableFromInline internal let count: Int
  @usableFromInline internal let window: Int64
  @usableFromInline internal var start = Instant.distantPast
  /// How many have passed since `start`.
  @usableFromInline internal var used = 0
  @usableFromInline internal var memory: Memory

  @inlinable
  internal init(_ count: Int, _ window: Duration, _ memory: Memory) {
    self.count = max(1, count)
    self.window = window.ruleNanoseconds
    self.memory = memory
  }

  /// Lets a value pass when there is room for it.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Memory.Value, at now: Instant) -> Verdict<Memory.Value> {
    if window == 0 { return .pass(input, .passed) }
    let claim = memory.claim(of: input)
    if claim == .closing { return memory.close(input) }
    let opens = used == 0 || now >= end
    guard opens || used < count || claim == .urgent else {
      return memory.keepBack(input, .throttled)
    }
    if opens { open(at: now) }
    used = used.addingSaturating(1)
    return memory.pass(input, opens ? .first : .passed)
  }

  @inlinable
  @inline(__always)
  internal mutating func open(at instant: Instant) {
    start = instant
    used = 0
  }

  /// The first instant that no longer belongs to the open window.
  @inlinable
  @inline(__always)
  internal var end: Instant { start.advanced(byNanoseconds: window) }

  /// The end of the window while something waits for it.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant {
    guard memory.isWaiting else { return .distantFuture }
    return used < count ? start : end
  }

  /// Gives what waited, in a window that it opens.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Memory.Value>? {
    let instant = nextDeadline
    guard instant.isDue(at: now) else { return nil }
    if used >= count { open(at: instant) }
    used = used.addingSaturating(1)
    return memory.release(at: instant, .windowClosed)
  }

  /// Gives what waits.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<Memory.Value>? {
    memory.release(at: now, .ended)
  }

  /// Whether the memory prepares for values.
  @inlinable public var prepares: Bool { memory.prepares }
  /// Brings near what is remembered of a value that comes soon.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Memory.Value, _ lead: Lead) {
    memory.prepare(for: input, lead)
  }

  /// False while an alert is owed its closing message, or something waits.
  @inlinable public var canBeForgotten: Bool { memory.canBeForgotten }
  /// How many inputs wait inside.
  @inlinable public var heldCount: Int { memory.heldCount }
}

/// A throttle of one stream: plain values, or the alerts of one key.
public typealias Throttle<Value> = ThrottleRule<StreamMemory<Value>>

/// One throttle for the alerts of many keys; each key's last word is the truth.
public typealias ThrottleOfEpisodes<Value: KeyedEvent & Phased> =
  ThrottleRule<EpisodesMemory<Value>>

extension ThrottleRule {
  /// Makes a throttle that has let nothing pass yet.
  ///
  /// - Parameters:
  ///   - count: How many values pass in a window.
  ///   - window: How long a window is, from the value that opens it.
  ///   - trailing: Whether the newest value that had no room passes at the end of the window.
  public init<Value>(_ count: Int = 1, per window: Duration, trailing: Bool = false)
  where Memory == StreamMemory<Value> {
    self.init(count, window, StreamMemory(trailing ? .newest : .none))
  }

  /// Makes a throttle for the alerts of many keys that has let nothing pass yet.
  ///
  /// - Parameters:
  ///   - count: How many alerts pass in a window, of all keys.
  ///   - window: How long a window is, from the alert that opens it.
  ///   - trailing: Whether the newest repeats that had no room pass at the ends of windows too.
  public init<Value>(_ count: Int = 1, per window: Duration, trailing: Bool = false)
  where Memory == EpisodesMemory<Value> {
    self.init(count, window, EpisodesMemory(trailing ? .newest : .none))
  }
}

extension ThrottleRule: Sendable where Memory: Sendable {}
extension ThrottleRule: Encodable where Memory: Encodable {}
extension ThrottleRule: Decodable where Memory: Decodable {}
