internal import Testing
internal import Tocsin

/// `Debounce`, without the types of its values.
func typeName(of rule: some Any) -> String {
  String("\(type(of: rule))".prefix { $0 != "<" })
}

extension RuleDriver {
  /// Gives the rule its inputs, lets it do what it waits for, and checks it.
  func rehearsed(
    on input: EventTimeline<R.Input>,
    until: Duration?,
    _ sourceLocation: SourceLocation
  ) throws(RehearsalError) -> Rehearsal<R.Output> {
    try input.check(until: until)
    var driver = self
    let isOpen = try driver.drive(input)
    let last = max(input.span ?? .zero, .zero)
    let end = isOpen ? driver.settle(from: last, until: until) : until ?? last
    let left = isOpen ? driver.nextTimer : nil
    let script = RehearsalScript(inputs: [(nil, input.inWords)], end: end, nextTimer: left)
    report(driver.breaches.map { "\(driver.books.id): \($0)" }, script, sourceLocation)
    report([driver.books].breaches(isDone: false), script, sourceLocation)
    return Rehearsal(
      output: EventTimeline(driver.output),
      reasons: EventTimeline(driver.reasons),
      books: [driver.books],
      script: script
    )
  }

  /// Gives the rule its inputs; false when it has come to an end or was left alone.
  private mutating func drive(
    _ input: EventTimeline<R.Input>
  ) throws(RehearsalError) -> Bool {
    for moment in input.moments {
      switch moment.event {
      case .value(let value): receive(value, at: moment.offset)
      case .end:
        finish(at: moment.offset)
        return false
      case .cancel:
        advance(to: moment.offset)
        return false
      case .failure, .subscribe, .demand:
        throw .impossible(
          "The input has \"\(moment.eventText)\" at \(moment.offset.offsetText), and a rule has no "
            + "subscriber and cannot fail. Rehearse its operator in a chain: rehearse(...) { $0... }."
        )
      }
    }
    return true
  }

  /// Lets the rule do what it waits for, and gives how far time has come.
  private mutating func settle(from last: Duration, until end: Duration?) -> Duration {
    advance(to: end ?? last)
    if let end { return end }
    var (now, timers) = (last, 0)
    while let next = nextTimer, next <= last + RehearsalStage.patience {
      if timers == RehearsalStage.mostTimers { return now }
      advance(to: next)
      (now, timers) = (next, timers + 1)
    }
    return nextTimer == nil ? now : last + RehearsalStage.patience
  }
}
