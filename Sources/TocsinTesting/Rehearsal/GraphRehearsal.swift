public import InMemoryTracing
public import Tocsin

/// What a whole graph did in virtual time.
///
/// The graph was stopped when the rehearsal was over; its monitors, its spans and its picture can
/// still be looked at.
public struct GraphRehearsal: Sendable {
  /// The graph as it ran. `running.first(_:)` gives its monitors.
  public let running: RunningGraph
  /// The time line that it ran on, which stands where the rehearsal ended.
  public let timeline: Timeline
  /// The lane of the graph.
  public let lane: Lane
  /// What has been told of each decision: spans in virtual time.
  public let tracer: InMemoryTracer
  /// The instant of the offset zero.
  public let start: Instant
  /// What arrived at each sink.
  public let sinks: [String: EventTimeline<Alert>]
  /// The graph with its counters at the end, before it was stopped.
  public let picture: GraphPicture
  /// What went in, for messages.
  public let script: RehearsalScript

  /// What every step took in and gave, in the order in which they were built.
  public var books: [NodeBooks] { picture.nodes.map(NodeBooks.init) }

  /// The books of a step by its id, or by the last part of its id where only one has it.
  ///
  /// - Throws: ``RehearsalError/unknown(what:name:known:)``, with the id that may be meant.
  public func books(of id: String) throws(RehearsalError) -> NodeBooks { try books.of(id) }

  /// What arrived at a sink.
  ///
  /// - Throws: ``RehearsalError/unknown(what:name:known:)``, with the sink that may be meant.
  public func output(_ sink: String) throws(RehearsalError) -> EventTimeline<Alert> {
    if let output = sinks[sink] { return output }
    throw .unknown(what: "A sink named", name: sink, known: Array(sinks.keys))
  }
}
