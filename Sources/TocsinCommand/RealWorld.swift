import Foundation
import Synchronization
import TocsinMonitors
import Tocsin

/// The program's edge of the world: the only place where it reads a clock, sleeps, asks for the
/// terminal, or ends the process.
enum RealWorld {
  /// Nanoseconds of the monotonic clock.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The wall clock.
  static func wallClock() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Sleeps until the monotonic clock shows `deadline`, or until the program is interrupted.
  static func sleep(until deadline: Int64) {
    while !Signals.isInterrupted {
      let left = deadline - now()
      guard left > 0 else { return }
      usleep(UInt32(clamping: min(left, 50_000_000) / 1_000 + 1))
    }
  }

  static func isTerminal(_ file: Int32) -> Bool { isatty(file) == 1 }

  /// The columns of the terminal; 80 when they cannot be told.
  static func columns(of file: Int32) -> Int {
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

  static func exit(_ status: Int32) -> Never { _exit(status) }
}

/// Ctrl-C, and readers that go away.
enum Signals {
  private static let interrupted = Atomic<Bool>(false)

  /// Whether Ctrl-C was pressed.
  static var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

  /// Ctrl-C asks for the summary; pressed again it ends the program at once. A reader that goes away
  /// shows as an error of writing.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGINT)
    // Whoever started the program may have blocked it.
    sigprocmask(SIG_UNBLOCK, &mask, nil)
    signal(SIGINT) { _ in
      if Signals.interrupted.exchange(true, ordering: .relaxed) { _exit(130) }
    }
  }
}
