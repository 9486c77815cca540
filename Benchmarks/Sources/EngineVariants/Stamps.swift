import Harness
import InMemoryTracing
import ReferenceGraph
import Tocsin
import Tracing

/// `graph-256` without and with tracing. Every alert that is routed becomes a trace.
///
/// The stamp of an event itself is always carried and cannot be switched off, so no row is without
/// its cost; `Benchmarks/stamp-cost` builds the engine without it and compares.
enum StampVariants {
  static var all: [Variant] {
    [
      variant("graph-untraced", "graph-256 without a tracer; the stamp cannot be switched off") {
        (NoOpTracer(), { nil })
      },
      variant("graph-counted", "records steps, spans of every alert into a tracer that counts") {
        let tracer = CountingTracer()
        return (tracer, { tracer.spanCount })
      },
      variant("graph-in-memory", "the same into InMemoryTracer, which keeps them") {
        let tracer = InMemoryTracer()
        return (tracer, { tracer.finishedSpans.count })
      },
    ]
  }

  /// A tracer, and how many spans it has; nil when it takes none.
  private typealias Traced = (tracer: any Tracer, spans: () -> Int?)

  private static func variant(
    _ name: String,
    _ summary: String,
    _ make: @escaping @Sendable () -> Traced
  ) -> Variant {
    Variant(name, summary, in: .stamp) { workload in
      let input = Input(workload, span: 256)
      return Run(operations: workload.events.count) {
        let traced = make()
        let world = Timeline.virtual()
        let lane = world.eventTimeLane("bench")
        let options = RunOptions(tracer: traced.tracer)
        let outcome = try world.simulate { _ in
          try await run(input, workload.alerting, on: lane, options)
        }
        if let spans = traced.spans(), spans < outcome.alerts { throw TooFewSpans(count: spans) }
        return outcome
      }
    }
  }

  private static func run(
    _ input: Input,
    _ alerting: ReferenceGraph.Alerting,
    on lane: Lane,
    _ options: RunOptions
  ) async throws -> Outcome {
    let sinks = Sinks()
    let desk = MonitorGraph("desk") { lane in
      let health = DeviationMonitor("health", kind: 0, alerting, on: lane)
      let execution = DeviationMonitor("execution", kind: 1, alerting, on: lane)
      let drift = DeviationMonitor("drift", kind: 2, alerting, on: lane)
      routing(Tap(health.findings), Tap(execution.findings), Tap(drift.findings), to: sinks)
    }
    let running = try await desk.run(on: lane, options)
    let recorder = Recorder(on: lane)
    await recorder.listen(to: sinks)
    await Driver(on: lane).drive(running.all(DeviationMonitor.self), input)
    let outcome = await recorder.outcome
    await running.stop()
    return outcome
  }
}

extension Outcome {
  fileprivate var alerts: Int { info + warning + error + critical }
}

/// A traced run made fewer spans than alerts: its times are not those of tracing.
struct TooFewSpans: Error, CustomStringConvertible {
  let count: Int

  var description: String {
    "A traced graph made only \(count) spans, fewer than it routed alerts. Its times mean nothing; "
      + "check that every routed alert is traced."
  }
}
