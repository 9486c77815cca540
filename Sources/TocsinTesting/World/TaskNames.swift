internal import CTocsinTesting
internal import Synchronization

/// The names of a world's tasks, by the numbers that the runtime gives them: for stories of schedules.
final class TaskNames: Sendable {
  private struct State {
    var next: String?
    var names: [UInt64: String] = [:]
  }

  private let state = Mutex(State())

  /// The name of the task whose first job comes next.
  var next: String? {
    get { state.withLock(\.next) }
    set { state.withLock { $0.next = newValue } }
  }

  /// Notes a job on its way to the pool: the first one after a name was set is that task's.
  func note(_ job: UnownedJob) {
    state.withLock { state in
      guard let name = state.next else { return }
      state.next = nil
      state.names[tocsin_task_of_job(unsafeBitCast(job, to: UnsafeRawPointer.self))] = name
    }
  }

  /// The name of a task; nil when it was started without one.
  func name(of task: UInt64) -> String? { state.withLock { $0.names[task] } }
}
