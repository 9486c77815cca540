import CBench
public import ReferenceGraph

/// What one run cost.
public struct Sample: Sendable {
  /// Wall time per operation, in nanoseconds.
  public var wall: Double
  /// CPU time of the process per operation, in nanoseconds.
  public var cpu: Double
  /// What the run gave.
  public var outcome: Outcome

  /// Sets `run` up, runs it once and takes its times. What it was set up with is let go of
  /// afterwards.
  static func take(_ run: Run) async throws -> Sample {
    let work = try await run.ready()
    defer { withExtendedLifetime(work) {} }
    let wall = bench_wall_nanoseconds()
    let cpu = bench_cpu_nanoseconds()
    let outcome = try await work()
    let cpuTaken = bench_cpu_nanoseconds() - cpu
    let wallTaken = bench_wall_nanoseconds() - wall
    let operations = Double(run.operations)
    return Sample(
      wall: Double(wallTaken) / operations,
      cpu: Double(cpuTaken) / operations,
      outcome: outcome
    )
  }
}

/// The heap allocations of one run.
public struct Allocations: Sendable {
  /// How many in the whole run, its set-up included.
  public var calls: Int
  /// How many per operation.
  public var perOperation: Double
  /// Bytes asked for per operation.
  public var bytesPerOperation: Double

  /// Runs `run` once and counts; nil when the counter is not loaded. Counting is off otherwise, so
  /// that it does not slow down the timed runs.
  static func count(_ run: Run) async throws -> Allocations? {
    guard bench_counts_allocations() else { return nil }
    let work = try await run.ready()
    defer { withExtendedLifetime(work) {} }
    let calls = bench_allocations()
    let bytes = bench_allocated_bytes()
    bench_set_counting(true)
    defer { bench_set_counting(false) }
    _ = try await work()
    let made = bench_allocations() - calls
    let operations = Double(run.operations)
    return Allocations(
      calls: Int(made),
      perOperation: Double(made) / operations,
      bytesPerOperation: Double(bench_allocated_bytes() - bytes) / operations
    )
  }
}
