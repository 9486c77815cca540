/// Tells how fast a number changes: from the value before, or over a sliding span.
///
///     input                          1-3-3-----9-|    a number, at ticks 0, 2, 4, 10
///     RateOfChange(per: 1 tick)      --1-0-----1-|
///     RateOfChange(per: 1, over: 4)  --1-x-------|    x: (3 - 1) / 4
///
/// Without a span every value is compared with the newest one of an *earlier* instant. With a span
/// it is compared with the oldest one in `[now - span, now)`; when none is there the value begins
/// anew, so a number is never compared with one from before a long silence.
///
/// A value passes as its rate (`passed`), with the change, the time it took, and the change for each
/// unit of time. It goes no further when there is nothing to compare it with (`waitingForNext`), when
/// its number is NaN or infinite (`invalid`: it is no basis of later rates either), and when its
/// instant is earlier than one before it (`outOfOrder`), which lanes never let happen.
///
/// Values of one instant each have a rate, from the same basis; the last of them is the basis of
/// later ones. So no jump is lost and nothing is divided by zero.
///
/// With a span at most `limit` instants are kept. When there are more, the oldest goes and the rates
/// reach less far back, as their ``Rate/span`` says.
///
/// Riemann's `ddt` divides by a negative time for an event out of order, leaves out an event of an
/// equal instant together with its jump, and says 0 when a period had no event at all.
///
/// - Complexity: O(1) time on average for each value; memory of at most `limit` numbers, of two
///   without a span. No allocation once they were seen.
@frozen
public struct RateOfChange<Value>: Rule {
  /// What ``RateOfChange`` remembers: save and restore it to go on where it was.
  @frozen
  public struct State: Codable, Sendable {
    @usableFromInline internal var samples: ShortRing<Sample>

    @inlinable
    internal init(limit: Int) {
      samples = ShortRing(limit: max(2, limit))
    }
  }

  @frozen
  @usableFromInline
  internal struct Sample: Blank, Codable, Sendable {
    @usableFromInline internal var instant: Instant
    @usableFromInline internal var number: Double

    @inlinable
    internal init(instant: Instant, number: Double) {
      self.instant = instant
      self.number = number
    }

    @inlinable internal static var blank: Sample { Sample(instant: .blank, number: 0) }
  }

  /// What the rule remembers. Its unit, its span and its closure are not part of it.
  public var state: State
  @usableFromInline internal let unit: Double
  /// In nanoseconds; nil for the value before.
  @usableFromInline internal let span: Int64?
  @usableFromInline internal let number: @Sendable (Value) -> Double

  /// Makes a rule that has seen nothing.
  ///
  /// - Parameters:
  ///   - unit: The time that rates are given for. At least a nanosecond.
  ///   - span: How far back a rate reaches. `nil`: to the value before.
  ///   - limit: How many numbers are kept at most, with a span. At least 2.
  ///   - number: Asked once for each value. Must give the same answer for equal values.
  @inlinable
  public init(
    per unit: Duration = .seconds(1),
    over span: Duration? = nil,
    limit: Int = 1_000,
    _ number: @escaping @Sendable (Value) -> Double
  ) {
    self.unit = Double(max(1, unit.ruleNanoseconds))
    self.span = span?.ruleNanoseconds
    self.number = number
    state = State(limit: span == nil ? 2 : limit)
  }

  /// Compares the number of a value with one before it.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Value, at now: Instant) -> Verdict<Rate<Value>> {
    let sample = Sample(instant: now, number: number(input))
    guard sample.number.isFinite else { return .drop(.invalid) }
    let newest = state.samples.newest?.instant
    guard newest ?? .distantPast <= now else { return .drop(.outOfOrder) }
    if let span { forget(before: now.advanced(byNanoseconds: -span)) }
    add(sample, isOfNewest: newest == now)
    guard let basis = state.samples.first, basis.instant < now else {
      return .drop(.waitingForNext)
    }
    return .pass(rate(of: input, sample, since: basis), .passed)
  }

  @inlinable
  @inline(__always)
  internal mutating func forget(before start: Instant) {
    while let first = state.samples.first, first.instant < start { state.samples.removeFirst() }
  }

  /// The last number of an instant is the one that counts.
  @inlinable
  @inline(__always)
  internal mutating func add(_ sample: Sample, isOfNewest: Bool) {
    if _slowPath(isOfNewest) {
      state.samples.replaceNewest(with: sample)
    } else {
      _ = state.samples.append(sample)
    }
  }

  @inlinable
  @inline(__always)
  internal func rate(of value: Value, _ sample: Sample, since basis: Sample) -> Rate<Value> {
    let change = sample.number - basis.number
    let (start, end) = (basis.instant.nanoseconds, sample.instant.nanoseconds)
    let (difference, overflow) = end.subtractingReportingOverflow(start)
    let span = overflow ? Int64.max : difference
    let rate = change / (Double(span) / unit)
    return Rate(value, change: change, rate: rate, span: .nanoseconds(span))
  }
}

extension RateOfChange: Sendable where Value: Sendable {}
