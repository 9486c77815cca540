#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The machine's clocks: the only place in the library where they are read.
enum RealClock {
  /// Nanoseconds of the monotonic clock.
  static func monotonic() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Nanoseconds since 1970 by the wall clock.
  static func wall() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// A clock that starts at the wall clock's time and never jumps with it afterwards.
  static func anchored() -> @Sendable () -> Int64 {
    let offset = wall() - monotonic()
    return { monotonic() + offset }
  }
}
