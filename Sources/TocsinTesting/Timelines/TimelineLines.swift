/// Values at one offset, in order.
///
/// ```swift
/// At(.seconds(1)) { 20 }
/// At(.minutes(2)) { 5; 6 }
/// ```
///
/// - Parameters:
///   - offset: From the start of the rehearsal.
///   - values: One or several.
/// - Returns: A line of a timeline.
public func At<Value>(
  _ offset: Duration,
  @ValuesBuilder<Value> _ values: () -> [Value]
) -> TimelineLine<Value> {
  let moments = values().map { Moment(.value($0), at: offset) }
  return TimelineLine(content: .moments(moments), name: "At(\(offset.offsetText))")
}

/// The same values again and again: at `start`, and every `period` after it, before `end`.
///
/// The span is half-open, as windows are: `Every(.seconds(1), until: .seconds(3))` is 0 s, 1 s, 2 s.
public func Every<Value>(
  _ period: Duration,
  from start: Duration = .zero,
  until end: Duration,
  @ValuesBuilder<Value> _ values: () -> [Value]
) -> TimelineLine<Value> {
  Every(period, from: start, until: end) { (_: Int) in values() }
}

/// Values that follow from their number: at `start` those of 0, a `period` later those of 1, and so
/// on, before `end`.
///
/// ```swift
/// Every(.seconds(1), until: .minutes(1)) { number in Tick(price: 100 + number) }
/// ```
public func Every<Value>(
  _ period: Duration,
  from start: Duration = .zero,
  until end: Duration,
  @ValuesBuilder<Value> _ values: (_ number: Int) -> [Value]
) -> TimelineLine<Value> {
  let name = "Every(\(period.offsetText), from: \(start.offsetText), until: \(end.offsetText))"
  guard period > .zero else {
    return TimelineLine(
      content: .mistake("\(name): the period must be more than zero."),
      name: name
    )
  }
  var moments: [Moment<Value>] = []
  var (offset, number) = (start, 0)
  while offset < end {
    moments += values(number).map { Moment(.value($0), at: offset) }
    offset += period
    number += 1
  }
  return TimelineLine(content: .moments(moments), name: name)
}

/// Nothing, from the line above it until an offset (which no longer belongs to it).
///
/// In an input it lets time run that far. In an expectation it says so to the reader, makes a line
/// below that puts something there a mistake, and asks for a rehearsal that reaches so far:
/// expectations are exact with or without it.
public func Silence<Value>(until end: Duration) -> TimelineLine<Value> {
  TimelineLine(content: .silence(until: end), name: "Silence(until: \(end.offsetText))")
}

/// Nothing from here on: the last line.
public func Silence<Value>() -> TimelineLine<Value> {
  TimelineLine(content: .silence(until: nil), name: "Silence()")
}

/// The stream ends.
public func End<Value>(at offset: Duration) -> TimelineLine<Value> {
  one(.end, at: offset, "End")
}

/// The stream fails, with a word for why. Only stock publishers can: chains never fail.
public func Fail<Value>(at offset: Duration, _ why: String = "failed") -> TimelineLine<Value> {
  one(.failure(why), at: offset, "Fail")
}

/// The subscriber cancels; of a graph: the run is stopped.
public func Cancel<Value>(at offset: Duration) -> TimelineLine<Value> {
  one(.cancel, at: offset, "Cancel")
}

/// The subscriber subscribes now, not before everything else.
public func Subscribe<Value>(at offset: Duration) -> TimelineLine<Value> {
  one(.subscribe, at: offset, "Subscribe")
}

/// The subscriber asks for so many values more; nil asks for all. With such a line it asks for
/// nothing by itself.
public func Ask<Value>(_ count: Int?, at offset: Duration) -> TimelineLine<Value> {
  one(.demand(count), at: offset, "Ask")
}

private func one<Value>(
  _ event: Moment<Value>.Event,
  at offset: Duration,
  _ name: String
) -> TimelineLine<Value> {
  TimelineLine(
    content: .moments([Moment(event, at: offset)]),
    name: "\(name)(at: \(offset.offsetText))"
  )
}
