public import Testing
public import Tocsin

/// Rehearses a timed rule: gives it the inputs at their offsets, takes what is due in between, and
/// goes on until it waits for nothing.
///
/// ```swift
/// let run = try rehearse(Debounce<String>(.seconds(3))) {
///   At(.seconds(0)) { "a" }
///   At(.seconds(2)) { "b" }
/// }
/// run.expect { At(.seconds(5)) { "b" } }
/// ```
///
/// The rule is driven as its operator would drive it: what is due at *t* goes before an input at
/// *t*, each at its own instant. `End(at:)` finishes the rule, `Cancel(at:)` leaves it alone from
/// then on. Breaches of the protocol of rules, and books that do not balance, fail the test.
///
/// - Parameters:
///   - rule: The rule; a copy is driven.
///   - until: How far time runs; without it until the rule waits for nothing, but at most a day
///     behind the last input.
///   - start: The instant of the offset zero.
///   - sourceLocation: Where failures are reported.
///   - input: What happens to the rule.
/// - Throws: ``RehearsalError`` when the input cannot be given to a rule.
/// - Returns: What it did.
@discardableResult
public func rehearse<R: TimedRule>(
  _ rule: R,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  @TimelineBuilder<R.Input> _ input: () -> [TimelineLine<R.Input>]
) throws(RehearsalError) -> Rehearsal<R.Output> {
  let input = EventTimeline(lines: input())
  return try rehearse(
    rule,
    input,
    until: until,
    startingAt: start,
    sourceLocation: sourceLocation
  )
}

/// Rehearses a timed rule on a timeline, for instance of marbles; see
/// ``rehearse(_:until:startingAt:sourceLocation:_:)``.
///
/// ```swift
/// let run = try rehearse(Debounce<String>(.seconds(3)), .marbles("a . b . . . |"))
/// run.expect(marbles: ". . . . . b |")
/// ```
@discardableResult
public func rehearse<R: TimedRule>(
  _ rule: R,
  _ input: EventTimeline<R.Input>,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation
) throws(RehearsalError) -> Rehearsal<R.Output> {
  let rehearsal = RuleRehearsal(rule, named: typeName(of: rule), givesBack: true, from: start)
  return try rehearsal.run(on: input, until: until, sourceLocation)
}

/// Rehearses a rule that decides at once: gives it the inputs at their offsets.
///
/// - Throws: ``RehearsalError`` when the input cannot be given to a rule.
/// - Returns: What it did.
@discardableResult
public func rehearse<R: Rule>(
  _ rule: R,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation,
  @TimelineBuilder<R.Input> _ input: () -> [TimelineLine<R.Input>]
) throws(RehearsalError) -> Rehearsal<R.Output> {
  let input = EventTimeline(lines: input())
  return try rehearse(
    rule,
    input,
    until: until,
    startingAt: start,
    sourceLocation: sourceLocation
  )
}

/// Rehearses a rule that decides at once on a timeline, for instance of marbles.
///
/// - Throws: ``RehearsalError`` when the input cannot be given to a rule.
/// - Returns: What it did.
@discardableResult
public func rehearse<R: Rule>(
  _ rule: R,
  _ input: EventTimeline<R.Input>,
  until: Duration? = nil,
  startingAt start: Instant = .epoch,
  sourceLocation: SourceLocation = #_sourceLocation
) throws(RehearsalError) -> Rehearsal<R.Output> {
  let name = typeName(of: rule)
  let rehearsal = RuleRehearsal(Untimed(rule), named: name, givesBack: false, from: start)
  return try rehearsal.run(on: input, until: until, sourceLocation)
}
