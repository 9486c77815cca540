internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the thread of a live loop waits: for work, or for the next deadline on the monotonic clock.
///
/// Unchecked because the mutex and the condition are C structures behind pointers that live as long
/// as this object; every field beside the atomics is used under the mutex only.
package final class LiveSleeper: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
  private let condition: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
  /// The deadline that the thread waits for; `min` while it is awake.
  private let waitsUntil = Atomic<Int64>(.min)
  private var isWoken = false

  package init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    #if !canImport(Darwin)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    #endif
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Wakes the thread if it waits. One load when it is awake.
  @inline(__always)
  package func wake() { wake(ifWaitingPast: .min) }

  /// Wakes the thread if it waits for something later than `deadline`.
  @inline(__always)
  func wake(ifWaitingPast deadline: Int64) {
    if waitsUntil.load(ordering: .sequentiallyConsistent) > deadline { signal() }
  }

  @inline(never)
  private func signal() {
    pthread_mutex_lock(mutex)
    isWoken = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until woken, or until `deadline`. `hasWork` is asked after the thread has said that it
  /// waits, so that no work slips in between.
  ///
  /// - Parameters:
  ///   - deadline: In nanoseconds of `now`'s clock; `max` for none.
  ///   - now: The time at the call.
  ///   - hasWork: Whether there is something to do after all.
  package func wait(until deadline: Int64, now: Int64, unless hasWork: () -> Bool) {
    waitsUntil.store(deadline, ordering: .sequentiallyConsistent)
    defer { waitsUntil.store(.min, ordering: .sequentiallyConsistent) }
    if hasWork() { return }
    pthread_mutex_lock(mutex)
    if !isWoken { block(for: deadline == .max ? nil : deadline - now) }
    isWoken = false
    pthread_mutex_unlock(mutex)
  }

  private func block(for nanoseconds: Int64?) {
    guard let nanoseconds else {
      pthread_cond_wait(condition, mutex)
      return
    }
    guard nanoseconds > 0 else { return }
    #if canImport(Darwin)
      var relative = timespec(
        tv_sec: Int(nanoseconds / 1_000_000_000),
        tv_nsec: Int(nanoseconds % 1_000_000_000)
      )
      pthread_cond_timedwait_relative_np(condition, mutex, &relative)
    #else
      var until = timespec()
      clock_gettime(CLOCK_MONOTONIC, &until)
      let fraction = Int64(until.tv_nsec) + nanoseconds % 1_000_000_000
      until.tv_sec += Int(nanoseconds / 1_000_000_000 + fraction / 1_000_000_000)
      until.tv_nsec = Int(fraction % 1_000_000_000)
      pthread_cond_timedwait(condition, mutex, &until)
    #endif
  }
}
