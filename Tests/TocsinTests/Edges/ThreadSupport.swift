@testable import Tocsin

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Lane {
  /// Waits until everything the lane was given so far has run, and what that gave it.
  func drained() async {
    for _ in 0..<3 {
      await withUnsafeContinuation { done in execute { done.resume() } }
    }
  }
}

/// Processor time of the calling thread.
enum ThreadTime {
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Uses so much processor time of the calling thread.
  static func work(for nanoseconds: Int64) {
    let end = now() + nanoseconds
    while now() < end {}
  }
}
