internal import Synchronization

/// The tasks of a time line that have not ended.
struct LiveTasks: Sendable {
  private(set) var names: [Int: String] = [:]
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var nextID = 0
  private var isClosed = false

  mutating func add(_ name: String) -> Int {
    nextID += 1
    names[nextID] = name
    return nextID
  }

  mutating func started(_ id: Int, _ task: Task<Void, Never>) {
    if names[id] != nil { tasks[id] = task }
    if isClosed { task.cancel() }
  }

  mutating func ended(_ id: Int) {
    names[id] = nil
    tasks[id] = nil
  }

  mutating func close() -> [Task<Void, Never>] {
    isClosed = true
    return running
  }

  /// The tasks that have not ended, in the order they were started.
  var running: [Task<Void, Never>] { tasks.sorted { $0.key < $1.key }.map(\.value) }
}

extension Timeline {
  /// Starts a task on this time line.
  ///
  /// In virtual time it runs on the pump, in the order of what is ready; in real time on the
  /// process's own pool. ``shutdown()`` cancels it and waits for it, so its body should end when it
  /// is cancelled. A task keeps its time line until it ends.
  ///
  /// - Parameters:
  ///   - name: Named in the message of a virtual time line that waits for something that cannot
  ///     come.
  ///   - body: What to do.
  /// - Returns: The task, for cancelling or waiting.
  @discardableResult
  public func spawn(
    _ name: String,
    _ body: sending @escaping @isolated(any) () async -> Void
  ) -> Task<Void, Never> {
    let id = tasks.withLock { $0.add(name) }
    // The one place where the library starts tasks. The executor preference keeps it in the world.
    loops[0].pool.willStart(name)
    defer { loops[0].pool.hasStarted() }
    let task = Task(name: name, executorPreference: isVirtual ? loops[0].pool : nil) {
      await body()
      self.tasks.withLock { $0.ended(id) }
    }
    tasks.withLock { $0.started(id, task) }
    return task
  }

  /// Cancels the tasks that have not ended, in the order they were started.
  package func cancelTasks() {
    let running = tasks.withLock(\.running)
    for task in running { task.cancel() }
  }

  /// The names of the tasks that have not ended, in the order they were started.
  public var liveTasks: [String] {
    tasks.withLock { $0.names.sorted { $0.key < $1.key }.map(\.value) }
  }
}
