internal import OpenCombine
internal import Tocsin

/// How a rehearsal is to be run; what all kinds of subjects have in common.
struct RehearsalPlan {
  var lane = RehearsalLane.virtualTime
  var until: Duration?
  var start = Instant.epoch
}

/// What an input of a bench does at an offset.
enum BenchAct {
  case run(() -> Void)
  case subscribe
  case cancel
  case ask(Int?)
}

/// A stage with its inputs: does what they say in the order of time.
///
/// At one offset the inputs are served in their order, each event in a turn of its own.
struct RehearsalBench {
  let stage: RehearsalStage
  let plan: RehearsalPlan
  private var acts: [(offset: Duration, act: BenchAct)] = []
  private(set) var inputs: [(name: String?, timeline: EventTimeline<String>)] = []
  /// Whether the subscriber asks and subscribes only where an input says so.
  private(set) var asksLater = false
  private(set) var subscribesLater = false
  private var last = Duration.zero

  init(_ plan: RehearsalPlan, first: [Duration?]) {
    self.plan = plan
    let first = first.compactMap(\.self).min() ?? .zero
    stage = RehearsalStage(plan.lane, from: plan.start, first: first)
  }

  mutating func add<Value>(
    _ input: EventTimeline<Value>,
    named name: String?,
    send: @escaping (Value) -> Void,
    end: @escaping () -> Void,
    fail: @escaping (String) -> Void = { _ in }
  ) {
    inputs.append((name, input.inWords))
    asksLater = asksLater || input.asks
    subscribesLater = subscribesLater || input.subscribes
    last = max(last, input.span ?? .zero)
    acts += input.moments.map { moment in
      switch moment.event {
      case .value(let value): (moment.offset, .run { send(value) })
      case .end: (moment.offset, .run(end))
      case .failure(let why): (moment.offset, .run { fail(why) })
      case .cancel: (moment.offset, .cancel)
      case .subscribe: (moment.offset, .subscribe)
      case .demand(let count): (moment.offset, .ask(count))
      }
    }
  }

  /// Does what the inputs say, then goes on until the end.
  func play(_ act: (BenchAct) -> Void) -> RehearsalScript {
    let ordered = acts.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
    for (_, next) in ordered { stage.act(at: next.offset) { act(next.act) } }
    let end = stage.runOn(from: last, until: plan.until)
    return RehearsalScript(inputs: inputs, end: end, nextTimer: stage.nextTimer)
  }
}

extension RehearsalBench {
  /// Plays the inputs to a subscriber of a publisher that is made on the lane.
  func play<Source: Publisher>(
    _ subscribe: @escaping (RehearsalProbe<Source.Output, Source.Failure>) -> Void,
    of source: Source.Type
  ) -> (probe: RehearsalProbe<Source.Output, Source.Failure>, script: RehearsalScript) {
    let stage = stage
    let demand = asksLater ? 0 : nil
    let probe = RehearsalProbe<Source.Output, Source.Failure>(demand: demand) { stage.offset }
    if !subscribesLater { stage.timeline.perform(on: stage.lane) { subscribe(probe) } }
    let script = play { act in
      switch act {
      case .run(let body): body()
      case .subscribe: subscribe(probe)
      case .cancel: probe.cancel()
      case .ask(let count): probe.ask(count)
      }
    }
    return (probe, script)
  }

  /// What is wrong with a run, whatever its subject does.
  func breaches<Input, Failure>(
    _ probe: RehearsalProbe<Input, Failure>,
    _ books: [NodeBooks]
  ) -> [String] {
    var breaches = probe.breaches + books.breaches(isDone: probe.isDone)
    if probe.isDone, let timer = stage.nextTimer {
      breaches.append(leftTimer(timer))
    }
    return breaches
  }
}
