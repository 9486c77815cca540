internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The thread of a live loop: runs what is ready, fires what is due, waits for the rest.
struct LiveThread: Sendable {
  #if canImport(Darwin)
    private let thread: UInt
  #else
    private let thread: pthread_t
  #endif

  /// Starts the thread. It ends when the loop is stopped and nothing is ready.
  init(driving loop: Loop) {
    let box = Unmanaged.passRetained(loop).toOpaque()
    #if canImport(Darwin)
      var handle: pthread_t?
      pthread_create(&handle, nil, { LiveThread.main($0) }, box)
      thread = UInt(bitPattern: handle)
    #else
      var handle = pthread_t()
      pthread_create(&handle, nil, { argument in argument.flatMap(LiveThread.main) }, box)
      thread = handle
    #endif
  }

  /// Waits for the thread's end.
  func join() {
    #if canImport(Darwin)
      if let handle = pthread_t(bitPattern: thread) { pthread_join(handle, nil) }
    #else
      pthread_join(thread, nil)
    #endif
  }

  /// Lets the thread go: nobody waits for its end.
  func detach() {
    #if canImport(Darwin)
      if let handle = pthread_t(bitPattern: thread) { pthread_detach(handle) }
    #else
      pthread_detach(thread)
    #endif
  }

  private static func main(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    let loop = Unmanaged<Loop>.fromOpaque(box).takeRetainedValue()
    loop.drive()
    return nil
  }
}

extension Loop {
  fileprivate func drive() {
    while true {
      if runReady() { continue }
      let now = self.now
      if fireDue(upTo: now) { continue }
      let (deadline, isDone) = state.withLock { state in
        (state.wheel.nextDeadline, state.isStopped && state.ready.isEmpty)
      }
      if isDone { return }
      sleeper?.wait(until: deadline.nanoseconds, now: now) {
        state.withLock { !$0.ready.isEmpty || $0.isStopped || $0.wheel.nextDeadline < deadline }
      }
    }
  }

  /// Lets the thread end once nothing is ready. Timers that are not due are not waited for.
  func stop() {
    state.withLock { $0.isStopped = true }
    sleeper?.wake()
  }
}
