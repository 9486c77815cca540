internal import Tocsin

/// What happens at one input of a graph; made by `On`.
public struct GraphInput {
  let name: String
  let first: Duration?
  let check: (Duration?) throws(RehearsalError) -> Void
  let connect: (RunningGraph, inout RehearsalBench) throws(GraphError) -> Void

  init<Value: Sendable>(_ name: String, _ input: EventTimeline<Value>) {
    self.name = name
    first = input.first
    check = { until throws(RehearsalError) in
      try input.check(named: name, until: until)
      try input.checkForGraph(name)
    }
    connect = { running, bench throws(GraphError) in
      let outlet = try running.input(name, of: Value.self)
      bench.add(input, named: name, send: { outlet.send($0) }, end: { outlet.finish() })
    }
  }
}

/// What happens at the input of a graph that has this name.
///
/// ```swift
/// On("levels") { At(.seconds(1)) { 20 } }
/// ```
public func On<Value: Sendable>(
  _ input: String,
  @TimelineBuilder<Value> _ lines: () -> [TimelineLine<Value>]
) -> GraphInput {
  GraphInput(input, EventTimeline(lines: lines()))
}

/// What happens at the input of a graph that has this name.
public func On<Value: Sendable>(_ input: String, _ timeline: EventTimeline<Value>) -> GraphInput {
  GraphInput(input, timeline)
}

/// What happens at the input of a graph that has this name, drawn as marbles with names for the
/// values.
public func On<Value: Sendable>(
  _ input: String,
  marbles text: String,
  _ values: [String: Value],
  tick: Duration = .seconds(1)
) -> GraphInput {
  GraphInput(input, EventTimeline<Value>.marbles(text, values, tick: tick))
}

/// What happens at the input of a graph that has this name, drawn as marbles of strings that stand
/// for themselves.
public func On(
  _ input: String,
  marbles text: String,
  tick: Duration = .seconds(1)
) -> GraphInput {
  GraphInput(input, EventTimeline<String>.marbles(text, tick: tick))
}

/// Collects what happens at the inputs of a graph. At one offset they are served in this order.
@resultBuilder
public enum GraphInputsBuilder {
  public static func buildExpression(_ input: GraphInput) -> [GraphInput] { [input] }
  public static func buildBlock(_ inputs: [GraphInput]...) -> [GraphInput] {
    inputs.flatMap { $0 }
  }
  public static func buildOptional(_ inputs: [GraphInput]?) -> [GraphInput] { inputs ?? [] }
  public static func buildEither(first: [GraphInput]) -> [GraphInput] { first }
  public static func buildEither(second: [GraphInput]) -> [GraphInput] { second }
  public static func buildArray(_ inputs: [[GraphInput]]) -> [GraphInput] {
    inputs.flatMap { $0 }
  }
}

extension EventTimeline {
  fileprivate func checkForGraph(_ name: String) throws(RehearsalError) {
    for moment in moments {
      switch moment.event {
      case .value, .end, .cancel: break
      case .failure, .subscribe, .demand:
        throw .impossible(
          "The input \"\(name)\" has \"\(moment.eventText)\" at \(moment.offset.offsetText). An "
            + "input of a graph has values, an end, and a cancel that stops the run."
        )
      }
    }
  }
}
