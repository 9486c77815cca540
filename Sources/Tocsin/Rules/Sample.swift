/// Lets the latest value pass once in every interval.
///
/// The first value starts the interval and waits (`waitingForNext`); a newer one takes its place
/// (`notSampled`). At the end of the interval the latest passes (`sampled`) and the next interval
/// begins. When nothing came in an interval there is nothing to pass, and the next value starts anew.
/// A value at the very end of an interval belongs to the next one.
///
///     input                a-b-c-d-e--------f-----|     interval 4 ticks
///     Sample(every: 4)     ----b---d---e--------f-|
///
/// At the end of the stream what waits goes on at once (`ended`). An interval of zero or less lets
/// everything pass (`passed`).
///
/// Values with a phase are sampled so that the last word is the truth; see ``StreamMemory``. An
/// announced episode's end passes at once, and so does every critical alert. Of the others the most
/// severe of an interval is its sample, of equals the newest.
///
/// - Complexity: O(1) time for each value; memory of one value. No allocation once one has waited.
@frozen
public struct SampleRule<Memory: LimitMemory>: TimedRule {
  @usableFromInline internal let interval: Int64
  /// When the last sample was; `distantPast` before the first.
  @usableFromInline internal var last = Instant.distantPast
  /// The end of the interval that runs.
  @usableFromInline internal var due = Instant.distantFuture
  @usableFromInline internal var memory: Memory

  @inlinable
  internal init(_ interval: Duration, _ memory: Memory) {
    self.interval = interval.ruleNanoseconds
    self.memory = memory
  }

  /// Keeps a value until the end of the interval.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Memory.Value, at now: Instant) -> Verdict<Memory.Value> {
    if interval == 0 { return .pass(input, .passed) }
    switch memory.claim(of: input) {
    case .closing: return memory.close(input)
    case .urgent: return memory.pass(input, .passed)
    case .limited:
      if !memory.isWaiting { arm(at: now) }
      return memory.keepBack(input, .notSampled)
    }
  }

  @inlinable
  @inline(__always)
  internal mutating func arm(at now: Instant) {
    let next = last.advanced(byNanoseconds: interval)
    due = next > now && last > .distantPast ? next : now.advanced(byNanoseconds: interval)
  }

  /// The end of the interval that runs, whether something waits for it or not: an interval that begins
  /// later then never ends earlier, and the deadlines of many keys are a list.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { due }

  /// Gives the sample of the interval that is over, if something waits for it.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<Memory.Value>? {
    let instant = due
    guard instant.isDue(at: now) else { return nil }
    due = memory.isWaiting ? instant.advanced(byNanoseconds: interval) : .distantFuture
    last = memory.isWaiting ? instant : last
    return memory.release(at: instant, .sampled)
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

/// Samples one stream: plain values, or the alerts of one key.
public typealias Sample<Value> = SampleRule<StreamMemory<Value>>

/// Samples the alerts of many keys, one alert in every interval; each key's last word is the truth.
public typealias SampleOfEpisodes<Value: KeyedEvent & Phased> = SampleRule<EpisodesMemory<Value>>

extension SampleRule {
  /// Makes a rule that has seen nothing.
  ///
  /// - Parameter interval: How long from one sample to the next.
  public init<Value>(every interval: Duration) where Memory == StreamMemory<Value> {
    self.init(interval, StreamMemory(.newest))
  }

  /// Makes a rule for the alerts of many keys that has seen nothing.
  ///
  /// - Parameter interval: How long from one sample to the next, of all keys.
  public init<Value>(every interval: Duration) where Memory == EpisodesMemory<Value> {
    self.init(interval, EpisodesMemory(.newest))
  }
}

extension SampleRule: Sendable where Memory: Sendable {}
extension SampleRule: Encodable where Memory: Encodable {}
extension SampleRule: Decodable where Memory: Decodable {}
