/// Collects values in windows that follow each other, by time, by number, or both.
///
/// A window of time begins with the first value after the last window and takes what arrives in
/// `[start, start + length)`; it closes by timer, and a value at that very instant begins the next
/// window. Empty windows do not exist. A window of a number closes with its last value.
///
///     input                         1-2-3---4-5----|     sums
///     Window(4 ticks, into: 0, +=)  ----3---3---9--|
///     Window(count: 2, into: 0, +=) --3-----7------(5|)
///
/// Each value lives on in a summary and is dropped itself (`summarised`). A summary is made by the
/// rule (`windowClosed`), except that the value which fills a window passes as its summary. At the
/// end of the stream an open window closes at once (`ended`), shorter than usual. A length of zero
/// or less, or a count of one or less, makes a window of every value.
///
/// - Complexity: O(1) time besides the closure; memory of one accumulator.
public struct Window<Value, Accumulator>: TimedRule {
  /// What ``Window`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State {
    /// What the open window has collected.
    public var accumulator: Accumulator
    /// The first instant of the open window.
    public var start = Instant.distantPast
    /// How many values the open window has; 0 when none is open.
    public var count = 0

    @inlinable
    internal init(accumulator: Accumulator) {
      self.accumulator = accumulator
    }
  }

  /// What the rule remembers. Its length and its closure are not part of it.
  public var state: State
  @usableFromInline internal let length: Int64
  @usableFromInline internal let limit: Int
  @usableFromInline internal let initial: Accumulator
  @usableFromInline internal let update: @Sendable (inout Accumulator, Value) -> Void

  @inlinable
  internal init(
    _ length: Int64,
    _ limit: Int,
    _ initial: Accumulator,
    _ update: @escaping @Sendable (inout Accumulator, Value) -> Void
  ) {
    self.length = length
    self.limit = limit
    self.initial = initial
    self.update = update
    state = State(accumulator: initial)
  }

  /// Makes windows of time.
  ///
  /// - Parameters:
  ///   - length: How long a window is open.
  ///   - limit: How many values close it before its time.
  ///   - initial: What each window begins with.
  ///   - update: Adds a value to a window.
  @inlinable
  public init(
    _ length: Duration,
    atMost limit: Int = .max,
    into initial: Accumulator,
    _ update: @escaping @Sendable (inout Accumulator, Value) -> Void
  ) {
    self.init(length.ruleNanoseconds, limit, initial, update)
  }

  /// Makes windows of `count` values each, however long they take to come.
  @inlinable
  public init(
    count: Int,
    into initial: Accumulator,
    _ update: @escaping @Sendable (inout Accumulator, Value) -> Void
  ) {
    self.init(.max, count, initial, update)
  }

  /// Adds a value to the open window, or opens one with it.
  @inlinable
  @inline(__always)
  public mutating func receive(
    _ input: Value,
    at now: Instant
  ) -> Verdict<WindowSummary<Accumulator>> {
    if state.count == 0 { state.start = now }
    update(&state.accumulator, input)
    state.count += 1
    guard length == 0 || state.count >= limit else { return .drop(.summarised) }
    return .pass(close(at: now), .windowClosed)
  }

  @inlinable
  internal mutating func close(at end: Instant) -> WindowSummary<Accumulator> {
    defer { state = State(accumulator: initial) }
    return WindowSummary(state.accumulator, from: state.start, to: end, count: state.count)
  }

  /// When the open window closes by its time.
  @inlinable
  @inline(__always)
  public var nextDeadline: Instant {
    if state.count == 0 || length == .max { return .distantFuture }
    return state.start.advanced(byNanoseconds: length)
  }

  /// Gives the window whose time is over.
  @inlinable
  public mutating func expire(at now: Instant) -> Due<WindowSummary<Accumulator>>? {
    let instant = nextDeadline
    guard instant.isDue(at: now) else { return nil }
    return Due(close(at: instant), at: instant, .windowClosed, isMade: true)
  }

  /// Gives the window that is open, shorter than usual.
  @inlinable
  public mutating func finish(at now: Instant) -> Due<WindowSummary<Accumulator>>? {
    guard state.count > 0 else { return nil }
    return Due(close(at: now), at: now, .ended, isMade: true)
  }
}

extension Window where Accumulator == [Value] {
  /// Makes windows of time that keep their values.
  ///
  /// - Parameters:
  ///   - length: How long a window is open.
  ///   - limit: How many values close it before its time: the bound of its memory.
  @inlinable
  public init(_ length: Duration, atMost limit: Int) {
    self.init(length.ruleNanoseconds, limit, []) { $0.append($1) }
  }

  /// Makes windows that keep their `count` values, however long they take to come.
  @inlinable
  public init(count: Int) {
    self.init(.max, count, []) { $0.append($1) }
  }
}

extension Window: Sendable where Accumulator: Sendable {}
extension Window.State: Sendable where Accumulator: Sendable {}
extension Window.State: Encodable where Accumulator: Encodable {}
extension Window.State: Decodable where Accumulator: Decodable {}
