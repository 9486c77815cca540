@_spi(ExperimentalScheduling) internal import _Concurrency
internal import Tocsin

/// The pool of a world: it runs its tasks, and notices who sleeps on a clock of the machine.
///
/// The runtime asks the executor of a task to serve `Task.sleep`. Virtual time cannot: the deadline
/// of such a sleep was read from the real clock, so two runs would never be the same. It is
/// reported, and the sleep ends at once so that the test can end.
final class WatchfulPool: TimelinePool {
  let door = PoolDoor()
  let watch = Watch()
  let names = TaskNames()

  func willStart(_ name: String) { names.next = name }
  func hasStarted() { names.next = nil }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    names.note(job)
    door.take(job)
  }
}

// The protocol is not public yet in Swift 6.3; where it is missing nothing is noticed.
#if compiler(>=6.3) && compiler(<6.4)
  @available(macOS 26.4, *)
  extension WatchfulPool: SchedulingExecutor {
    func enqueue<C: Clock>(
      _ job: consuming ExecutorJob,
      after delay: C.Duration,
      tolerance: C.Duration?,
      clock: C
    ) {
      watch.noteRealClock("\(C.self)")
      enqueue(job)
    }

    func enqueue<C: Clock>(
      _ job: consuming ExecutorJob,
      at instant: C.Instant,
      tolerance: C.Duration?,
      clock: C
    ) {
      watch.noteRealClock("\(C.self)")
      enqueue(job)
    }
  }
#endif
