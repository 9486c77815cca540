public import OpenCombine
public import Testing
public import Tocsin

/// Rehearses a chain of operators on marbles that stand for themselves.
///
/// ```swift
/// let run = try rehearse("a . b . . . |") { $0.debounce(asOne: .seconds(3)) }
/// run.expect(marbles: ". . . . . b |")
/// ```
///
/// - Throws: ``RehearsalError`` when the text cannot be read or given to a chain.
/// - Returns: What the chain did.
@discardableResult
public func rehearse<Chain: FlowPublisher>(
  _ marbles: String,
  tick: Duration = .seconds(1),
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<String>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  let input = EventTimeline<String>.marbles(marbles, tick: tick)
  return try rehearse(
    input,
    lane: lane,
    until: until,
    sourceLocation: sourceLocation,
    through: chain
  )
}

/// Rehearses a chain of operators on marbles with names for their values.
///
/// - Throws: ``RehearsalError`` when the text cannot be read or given to a chain.
/// - Returns: What the chain did.
@discardableResult
public func rehearse<Input, Chain: FlowPublisher>(
  _ marbles: String,
  _ values: [String: Input],
  tick: Duration = .seconds(1),
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<Input>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  let input = EventTimeline<Input>.marbles(marbles, values, tick: tick)
  return try rehearse(
    input,
    lane: lane,
    until: until,
    sourceLocation: sourceLocation,
    through: chain
  )
}

/// Rehearses a chain of operators on two drawings of marbles that stand for themselves. In one
/// column the first one comes first.
///
/// - Throws: ``RehearsalError`` when a text cannot be read or given to a chain.
/// - Returns: What the chain did.
@discardableResult
public func rehearse<Chain: FlowPublisher>(
  _ first: String,
  _ second: String,
  tick: Duration = .seconds(1),
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<String>>, Tap<Feed<String>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  try rehearse(
    EventTimeline<String>.marbles(first, tick: tick),
    EventTimeline<String>.marbles(second, tick: tick),
    lane: lane,
    until: until,
    sourceLocation: sourceLocation,
    through: chain
  )
}

/// Rehearses a chain of operators on marbles of a type whose values stand for themselves.
///
/// ```swift
/// let run = try rehearse("20 . 5 |", of: Int.self) { $0.filter { $0 > 10 } }
/// ```
///
/// - Throws: ``RehearsalError`` when the text cannot be read or given to a chain.
/// - Returns: What the chain did.
@discardableResult
public func rehearse<Input: LosslessStringConvertible, Chain: FlowPublisher>(
  _ marbles: String,
  of type: Input.Type,
  tick: Duration = .seconds(1),
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<Input>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  try rehearse(
    EventTimeline<Input>.marbles(marbles, tick: tick),
    lane: lane,
    until: until,
    sourceLocation: sourceLocation,
    through: chain
  )
}

/// Rehearses a chain of operators on two drawings of marbles of a type whose values stand for
/// themselves. In one column the first one comes first.
///
/// - Throws: ``RehearsalError`` when a text cannot be read or given to a chain.
/// - Returns: What the chain did.
@discardableResult
public func rehearse<Input: LosslessStringConvertible, Chain: FlowPublisher>(
  _ first: String,
  _ second: String,
  of type: Input.Type,
  tick: Duration = .seconds(1),
  lane: RehearsalLane = .virtualTime,
  until: Duration? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  through chain: (Tap<Feed<Input>>, Tap<Feed<Input>>) -> Tap<Chain>
) throws(RehearsalError) -> Rehearsal<Chain.Output> {
  try rehearse(
    EventTimeline<Input>.marbles(first, tick: tick),
    EventTimeline<Input>.marbles(second, tick: tick),
    lane: lane,
    until: until,
    sourceLocation: sourceLocation,
    through: chain
  )
}
