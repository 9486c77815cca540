public import Logging
public import Tracing

/// How a graph runs.
public struct RunOptions: Sendable {
  /// Makes the spans. Captured when the graph is built. A `NoOpTracer` costs nothing.
  public var tracer: any Tracer
  /// Writes a line for every decision; nil for none.
  public var logger: Logger?
  /// Every how many-th event is traced although it may lead to nothing; 0 for none.
  public var sampleEvery: Int
  /// The trail remembers the last 2^`trailBits` steps (40 bytes each).
  public var trailBits: Int

  /// Makes options.
  ///
  /// - Parameters:
  ///   - tracer: Makes the spans; the one of the process when not given.
  ///   - logger: Writes a line for every decision; nil for none.
  ///   - sampleEvery: Every how many-th event is traced although it may lead to nothing.
  public init(
    tracer: any Tracer = InstrumentationSystem.tracer,
    logger: Logger? = nil,
    sampleEvery: Int = 0
  ) {
    self.tracer = tracer
    self.logger = logger
    self.sampleEvery = sampleEvery
    trailBits = 16
  }

  var activeTracer: (any Tracer)? { tracer is NoOpTracer ? nil : tracer }
}
