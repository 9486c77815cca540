/// Lets the first values of a window pass at once, and the rest as one summary at its end.
///
/// A window opens with a value that passes when none is open. The first `count` values of
/// `[start, start + window)` pass, each as a message that stands for one (`first`, `passed`). The
/// others live on in a summary and are dropped themselves (`summarised`); it is made at the end of
/// the window (`windowClosed`), opens the next window and is the first message of it. A value at the
/// very end of a window belongs to the next one, after the summary.
///
///     input                    a-b-c-d-e-f-g--------h-|     window 5 ticks
///     Rollup(1, per: 5)        a----B----D----F-----h-|     B: b c, D: d e, F: f g
///
/// Nothing is lost: every value is a message or is counted in one, with the first, the last, the
/// worst severity and a sample. At the end of the stream an open summary is given at once (`ended`).
/// A count of less than one counts as one; a window of zero or less lets everything pass (`passed`).
///
/// Order is kept, so of values with a phase the last word is the truth: ``RolledUp/last`` of the
/// last message is the last that came. A critical alert never waits: when a summary is open it
/// closes it, and passes as its last value. A value that closes an episode is in the sample even if
/// that is full, so that no closing message of any key is lost in a summary of many.
///
/// Riemann's `rollup` aligns its windows to the instant at which the stream was built, and takes the
/// summary off the budget of the next window even if that begins hours later: the first events after
/// a silence then wait. Here a window that is over binds nothing.
///
/// - Complexity: O(1) time for each value; memory of one summary with its sample. No allocation for
///   values that pass at once.
@frozen
public struct Rollup<Value>: TimedRule {
  @usableFromInline internal let window: Int64
  @usableFromInline internal var start = Instant.distantPast
  /// The list of the summary's sample, or of an old one: the next uses its memory again if whoever got
  /// it has let go of it.
  @usableFromInline internal var list: [Value] = []
  @usableFromInline internal var open: GrowingSummary<Value>?
  @usableFromInline internal let count: Int32
  @usableFromInline internal let sampleLimit: Int32
  /// How many messages there have been since `start`.
  @usableFromInline internal var used: Int32 = 0
  /// The last field: flags of whoever keeps many rules lie behind it.
  @usableFromInline internal let bearing: Bearing<Value>

  /// Makes a rollup that has let nothing pass yet.
  ///
  /// - Parameters:
  ///   - count: How many messages there are in a window at once. From 2^31 on: any number.
  ///   - window: How long a window is, from the value that opens it.
  ///   - sample: How many values of a summary it keeps. At least the first.
  public init(_ count: Int = 1, per window: Duration, sample: Int = 10) {
    self.count = Int32(clamping: max(1, count))
    self.window = window.ruleNanoseconds
    sampleLimit = Int32(clamping: max(1, sample))
    bearing = Bearing()
  }

  /// Lets a value pass as a message of its own, or adds it to the summary.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<RolledUp<Value>> {
    let standing = bearing.read(input)
    if window == 0 { return .pass(RolledUp(input, standing?.severity, at: now), .passed) }
    let opens = used == 0 || now >= end
    if open == nil && (opens || used < count || standing.isUrgent) {
      if opens { (start, used) = (now, 0) }
      if used < .max - 1 { used += 1 }
      return .pass(RolledUp(input, standing?.severity, at: now), opens ? .first : .passed)
    }
    summarise(input, standing, at: now)
    guard standing.isUrgent, let summary = takeOpen(at: now) else { return .drop(.summarised) }
    return .pass(summary, .passed)
  }

  @inlinable
  @inline(__always)
  internal mutating func summarise(_ input: Value, _ standing: Standing?, at now: Instant) {
    guard open != nil else {
      open = GrowingSummary(input, standing?.severity, at: now)
      return
    }
    let limit = standing?.phase == .resolved ? Int.max : Int(sampleLimit)
    open?.add(input, standing?.severity, atMost: limit, &list)
  }

  @inlinable
  @inline(__always)
  internal var end: Instant { start.advanced(byNanoseconds: window) }

  /// The end of the window that runs, whether there is a summary or not: a window that begins later
  /// then never ends earlier, and the deadlines of many keys are a list.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { used == 0 ? .distantFuture : end }

  /// Gives the summary of the window that is over, if it has one.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<RolledUp<Value>>? {
    let instant = nextDeadline
    guard instant.isDue(at: now) else { return nil }
    (start, used) = (instant, open == nil ? 0 : 1)
    return close(at: instant, .windowClosed)
  }

  /// Gives the summary that is open.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<RolledUp<Value>>? { close(at: now, .ended) }

  @inlinable
  @inline(__always)
  internal mutating func close(at instant: Instant, _ reason: Reason) -> Due<RolledUp<Value>>? {
    guard let summary = takeOpen(at: instant) else { return nil }
    return Due(summary, at: instant, reason, isMade: true)
  }

  @inlinable
  @inline(__always)
  internal mutating func takeOpen(at instant: Instant) -> RolledUp<Value>? {
    guard let summary = open else { return nil }
    open = nil
    let message = summary.message(until: instant, list)
    if summary.listed >= sampleLimit { list = [] }
    return message
  }
}

extension Standing? {
  /// Whether a value may not wait.
  @inlinable
  @inline(__always)
  internal var isUrgent: Bool { self?.severity == .critical && self?.phase == .firing }
}

extension Rollup {
  private enum CodingKeys: String, CodingKey {
    case count, window, sampleLimit, bearing, start, used, open, list
  }
}

extension Rollup: Encodable where Value: Encodable {
  /// Saves the summary that is open. The list of an old one is only memory.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(count, forKey: .count)
    try container.encode(window, forKey: .window)
    try container.encode(sampleLimit, forKey: .sampleLimit)
    try container.encode(bearing, forKey: .bearing)
    try container.encode(start, forKey: .start)
    try container.encode(used, forKey: .used)
    try container.encodeIfPresent(open, forKey: .open)
    try container.encode(open.map { $0.listed > 0 } == true ? list : [], forKey: .list)
  }
}

extension Rollup: Sendable where Value: Sendable {}
extension Rollup: Decodable where Value: Decodable {}
