/// Gives the values of the last `length` of time, again and again while there are any.
///
/// The first value starts the steps: at every `step` after it the rule gives the values that arrived
/// in `[end - length, end)`. When none is left it stops, and the next value starts the steps anew.
///
///     input                        a-b--------c-|       length 4 ticks, step 2
///     SlidingWindow(4, every: 2)   --1-2-3------(4|)   1: a, 2: a b, 3: b, 4: c
///
/// A step of zero gives a summary with every value, of `(now - length, now]`. A longer step than the
/// length is cut to the length, so that every value is in at least one summary.
///
/// Each value lives on in summaries and is dropped itself (`summarised`; with a step of zero it
/// passes as the summary). Summaries are made by the rule (`windowClosed`). When `limit` values are
/// inside, the oldest goes to make room: then the verdict for the new value is `bufferFull`, and the
/// summaries that lack it say so (``WindowSummary/isComplete``). At the end of the stream the values
/// that were in no summary yet come in a last one, of `(now - length, now]` (`ended`).
///
/// - Complexity: O(1) time on average for each value and O(values in the window) for each summary;
///   memory of at most `limit` values and instants.
@frozen
public struct SlidingWindow<Value>: TimedRule {
  @usableFromInline
  internal struct Arrival {
    @usableFromInline internal var instant: Instant
    @usableFromInline internal var value: Value

    @inlinable
    internal init(instant: Instant, value: Value) {
      self.instant = instant
      self.value = value
    }
  }

  @usableFromInline internal let length: Int64
  @usableFromInline internal let step: Int64
  @usableFromInline internal var arrivals: SlidingRing<Arrival>
  @usableFromInline internal var nextStep = Instant.distantFuture
  @usableFromInline internal var newestLost: Instant?
  @usableFromInline internal var hasNews = false

  /// Makes an empty window.
  ///
  /// - Parameters:
  ///   - length: How far back a summary reaches.
  ///   - step: How long from one summary to the next.
  ///   - limit: How many values are kept at most.
  @inlinable
  public init(_ length: Duration, every step: Duration, limit: Int) {
    self.length = length.ruleNanoseconds
    self.step = min(step.ruleNanoseconds, self.length)
    arrivals = SlidingRing(limit: limit)
  }

  /// Adds a value to the window.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: Value,
    at now: Instant
  ) -> Verdict<WindowSummary<[Value]>> {
    if step == 0 { return slide(to: now, with: input) }
    if nextStep == .distantFuture { nextStep = now.advanced(byNanoseconds: step) }
    forget(before: afterStart(of: now))
    hasNews = true
    return .drop(append(input, at: now) ? .bufferFull : .summarised)
  }

  @inlinable
  internal mutating func slide(to now: Instant, with input: Value) -> Verdict<
    WindowSummary<[Value]>
  > {
    forget(before: afterStart(of: now))
    _ = append(input, at: now)
    return .pass(summary(at: now), .windowClosed)
  }

  /// Keeps a value. True when the oldest had to go.
  @inlinable
  internal mutating func append(_ input: Value, at now: Instant) -> Bool {
    guard let lost = arrivals.append(Arrival(instant: now, value: input)) else { return false }
    newestLost = lost.instant
    return true
  }

  @inlinable
  internal mutating func forget(before first: Instant) {
    while let oldest = arrivals.first, oldest.instant < first { arrivals.removeFirst() }
    if let lost = newestLost, lost < first { newestLost = nil }
  }

  /// The first instant of `(now - length, now]`, in whole nanoseconds.
  @inlinable
  internal func afterStart(of now: Instant) -> Instant {
    now.advanced(byNanoseconds: -length).advanced(byNanoseconds: 1)
  }

  @inlinable
  internal func summary(at end: Instant) -> WindowSummary<[Value]> {
    WindowSummary(
      arrivals.map { $0.value },
      from: end.advanced(byNanoseconds: -length),
      to: end,
      count: arrivals.count,
      isComplete: newestLost == nil
    )
  }

  /// The next step while there are values.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant { nextStep }

  /// Gives the values of the window that ends with the step that is due.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<WindowSummary<[Value]>>? {
    let instant = nextStep
    guard instant.isDue(at: now) else { return nil }
    forget(before: instant.advanced(byNanoseconds: -length))
    hasNews = false
    let isOver = arrivals.count == 0 || step <= 0
    nextStep = isOver ? .distantFuture : instant.advanced(byNanoseconds: step)
    guard arrivals.count > 0 else { return nil }
    return Due(summary(at: instant), at: instant, .windowClosed, isMade: true)
  }

  /// Gives the values that no summary has had yet.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<WindowSummary<[Value]>>? {
    guard hasNews else { return nil }
    forget(before: afterStart(of: now))
    (hasNews, nextStep) = (false, .distantFuture)
    return Due(summary(at: now), at: now, .ended, isMade: true)
  }
}

extension SlidingWindow: Sendable where Value: Sendable {}
extension SlidingWindow.Arrival: Sendable where Value: Sendable {}
extension SlidingWindow: Encodable where Value: Encodable {}
extension SlidingWindow: Decodable where Value: Decodable {}
extension SlidingWindow.Arrival: Encodable where Value: Encodable {}
extension SlidingWindow.Arrival: Decodable where Value: Decodable {}
