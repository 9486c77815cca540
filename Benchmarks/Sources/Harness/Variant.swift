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
  /// The measured work. It gives the same outcome each time.
  public typealias Work = () async throws -> Outcome

  /// What times and allocations are divided by, the number of events for a graph.
  public let operations: Int
  /// Sets up what the work needs and gives the work, to be called once. What is done here is not
  /// measured.
  public let ready: () async throws -> Work

  /// Makes a run that is measured as a whole, its set-up included.
  public init(operations: Int, work: @escaping Work) {
    self.init(steady: operations) { work }
  }

  /// Makes a run whose set-up is not measured: what is left is the steady state.
  public init(steady operations: Int, ready: @escaping () async throws -> Work) {
    self.operations = operations
    self.ready = ready
  }

  /// Sets up and does the work once.
  public func callAsFunction() async throws -> Outcome { try await ready()() }
}
