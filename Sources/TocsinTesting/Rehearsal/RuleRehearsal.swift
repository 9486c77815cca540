internal import Testing
internal import Tocsin

/// A rule on its way through a timeline, by a ``DrivenRule``.
struct RuleRehearsal<R: TimedRule> {
  private var driven: DrivenRule<R>
  private let name: String
  private let start: Instant
  private var end: Duration?

  /// Takes over a rule; `givesBack` says whether what it holds comes out again.
  init(_ rule: R, named name: String, givesBack: Bool, from start: Instant) {
    driven = DrivenRule(rule, givesBack: givesBack, from: start)
    (self.name, self.start) = (name, start)
  }

  /// Gives the rule its inputs, lets it do what it waits for, and checks it.
  func run(
    on input: EventTimeline<R.Input>,
    until: Duration?,
    _ sourceLocation: SourceLocation
  ) throws(RehearsalError) -> Rehearsal<R.Output> {
    try input.check(until: until)
    var run = self
    let isOpen = try run.drive(input)
    let last = max(input.span ?? .zero, .zero)
    let end = isOpen ? run.settle(from: last, until: until) : until ?? last
    let left = isOpen ? run.nextTimer : nil
    let script = RehearsalScript(inputs: [(nil, input.inWords)], end: end, nextTimer: left)
    report(run.driven.breaches.map { "\(name): \($0)" }, script, sourceLocation)
    report([run.books].breaches(isDone: false), script, sourceLocation)
    return Rehearsal(
      output: EventTimeline(run.output),
      reasons: EventTimeline(run.driven.notes.map { Moment(.value($0.value), at: $0.offset) }),
      books: [run.books],
      script: script
    )
  }

  private var output: [Moment<R.Output>] {
    driven.outputs.map { Moment(.value($0.value), at: $0.offset) }
      + (end.map { [Moment(.end, at: $0)] } ?? [])
  }

  private var books: NodeBooks {
    var books = NodeBooks(name)
    (books.received, books.made) = (driven.received, driven.made)
    (books.passed, books.held) = (driven.outputs.count, driven.held)
    books.dropped = driven.drops
    return books
  }

  /// The rule's next deadline as an offset; nil when it waits for nothing.
  private var nextTimer: Duration? {
    let next = driven.rule.nextDeadline
    return next == .distantFuture || driven.isStuck ? nil : start.duration(to: next)
  }

  /// Gives the rule its inputs; false when it has come to an end or was left alone.
  private mutating func drive(
    _ input: EventTimeline<R.Input>
  ) throws(RehearsalError) -> Bool {
    for moment in input.moments {
      let now = start.advanced(by: moment.offset)
      switch moment.event {
      case .value(let value): driven.receive(value, at: now)
      case .end:
        driven.finish(at: now)
        end = moment.offset
        return false
      case .cancel:
        driven.advance(to: now)
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
    driven.advance(to: start.advanced(by: end ?? last))
    if let end { return end }
    var (now, timers) = (last, 0)
    while let next = nextTimer, next <= last + RehearsalStage.patience {
      if timers == RehearsalStage.mostTimers { return now }
      driven.advance(to: start.advanced(by: next))
      (now, timers) = (next, timers + 1)
    }
    return nextTimer == nil ? now : last + RehearsalStage.patience
  }
}

/// `Debounce`, without the types of its values.
func typeName(of rule: some Any) -> String {
  String("\(type(of: rule))".prefix { $0 != "<" })
}
