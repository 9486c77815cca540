internal import CTocsin
internal import CTocsinTesting
internal import Tocsin

/// Takes bare tasks into the world of the thread that starts them.
///
/// `Task {}`, `Task.detached` and the tasks that libraries start inside their operators know nothing
/// of a time line. While a world is driven, what its thread hands to the process's pool runs in the
/// world instead. Other threads are not touched, so tests run in parallel.
enum StrayTasks {
  /// Whether this Swift runtime can do it. Installs the hook on first use.
  static let canBeTaken = tocsin_capture_install { loop, job in
    Timeline.takeStray(unsafeBitCast(job, to: UnownedJob.self), pump: loop)
    return true
  }

  /// Takes in what this thread starts while the body runs. The calling thread drives a world.
  static func taken<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard canBeTaken else { return try body() }
    let outer = tocsin_capture_swap(tocsin_pump_get())
    defer { _ = tocsin_capture_swap(outer) }
    return try body()
  }
}
