public import ReferenceGraph

/// One way to do the work of a group, ready to be measured.
public struct Variant: Sendable {
  /// A short name without spaces: how scripts and limits call it.
  public let name: String
  /// One line for the reader of the table.
  public let summary: String
  /// What it measures.
  public let group: Group
  /// Variants of one family must have equal outcomes on equal workloads.
  public let family: String
  /// Makes a run on a workload. What is done here is not measured.
  public let prepare: @Sendable (Workload) throws -> Run

  /// Makes a variant that prepares something before it is measured.
  ///
  /// - Parameters:
  ///   - name: A short name without spaces, unique in the registry.
  ///   - summary: One line for the reader of the table.
  ///   - group: What it measures.
  ///   - family: Whose outcomes must be equal; the whole group when nil.
  ///   - prepare: Makes a run on a workload.
  public init(
    _ name: String,
    _ summary: String,
    in group: Group,
    family: String? = nil,
    prepare: @escaping @Sendable (Workload) throws -> Run
  ) {
    self.name = name
    self.summary = summary
    self.group = group
    self.family = family ?? group.rawValue
    self.prepare = prepare
  }

  /// Makes a variant of the whole graph that needs nothing prepared: `run` takes each event of the
  /// workload through the graph and gives what the sinks saw.
  public static func graph(
    _ name: String,
    _ summary: String,
    run: @escaping @Sendable (Workload) async throws -> Outcome
  ) -> Variant {
    Variant(name, summary, in: .graph) { workload in
      Run(operations: workload.events.count) { try await run(workload) }
    }
  }
}

/// A prepared run: what is measured.
public struct Run {
  /// What times and allocations are divided by, the number of events for a graph.
  public let operations: Int
  /// The measured work. It can be called again and gives the same outcome each time.
  public let work: () async throws -> Outcome

  /// Makes a run.
  public init(operations: Int, work: @escaping () async throws -> Outcome) {
    self.operations = operations
    self.work = work
  }
}
