import Harness
import ReferenceGraph
import Tocsin

/// The timer wheel with as many pending timers as the workload has events. One operation is one
/// timer.
///
/// A run may not change what it was prepared with, so each begins with a copy of its wheel. The
/// baseline is that copy alone: subtract its time from the others'.
enum TimerVariants {
  static var all: [Variant] {
    [
      variant("timer-copy", "copies the wheel (24 bytes a timer, all pending): in each row below") {
        timers,
        wheel in
        wheel.cancel(0)
        return checksum(of: wheel)
      } prepare: {
        $0.pending
      },
      variant("timer-arm", "arms all in a wheel that has the memory and nothing pending") {
        timers,
        wheel in
        for (id, deadline) in timers.deadlines.enumerated() { wheel.arm(id, at: deadline) }
        return checksum(of: wheel)
      } prepare: {
        $0.empty
      },
      variant("timer-rearm", "arms pending ones anew, picked at random") { timers, wheel in
        for (id, deadline) in zip(timers.picks, timers.laterDeadlines) {
          wheel.arm(id, at: deadline)
        }
        return checksum(of: wheel)
      } prepare: {
        $0.pending
      },
      variant("timer-cancel", "cancels all, in random order") { timers, wheel in
        for id in timers.order { wheel.cancel(id) }
        return checksum(of: wheel)
      } prepare: {
        $0.pending
      },
      expire,
      sort,
    ]
  }

  /// What a wheel shows from outside: how many are pending, and the earliest deadline.
  private static func checksum(of wheel: TimerWheel) -> Outcome {
    var outcome = Outcome()
    outcome.info = wheel.count
    outcome.hash = UInt64(bitPattern: wheel.nextDeadline.nanoseconds)
    return outcome
  }

  private static var expire: Variant {
    variant("timer-expire", "takes all as they become due", family: "expire") { timers, wheel in
      var outcome = Outcome()
      while let due = wheel.popDue(at: .distantFuture) { outcome.expire(due.id, due.deadline) }
      return outcome
    } prepare: {
      $0.pending
    }
  }

  /// What `timer-expire` must agree with; and the least that an exact order can cost.
  private static var sort: Variant {
    variant("timer-sort", "no wheel: sorts the deadlines once", family: "expire") { timers, _ in
      var outcome = Outcome()
      let sorted = timers.deadlines.enumerated().sorted {
        ($0.element, $0.offset) < ($1.element, $1.offset)
      }
      for (id, deadline) in sorted { outcome.expire(id, deadline) }
      return outcome
    } prepare: { _ in
      TimerWheel()
    }
  }

  private static func variant(
    _ name: String,
    _ summary: String,
    family: String? = nil,
    _ work: @escaping @Sendable (Timers, inout TimerWheel) -> Outcome,
    prepare: @escaping @Sendable (Timers) -> TimerWheel
  ) -> Variant {
    Variant(name, summary, in: .timers, family: family ?? name) { workload in
      let timers = Timers(workload.events.count)
      let prepared = prepare(timers)
      return Run(operations: timers.count) {
        var wheel = prepared
        return work(timers, &wheel)
      }
    }
  }
}

/// Random deadlines within ten minutes, and what is done to the timers. The same each time.
struct Timers {
  let count: Int
  let deadlines: [Instant]
  let laterDeadlines: [Instant]
  let picks: [Int]
  let order: [Int]

  init(_ count: Int) {
    self.count = count
    var random = SplitMix64(seed: 42)
    deadlines = Timers.deadlines(count, &random)
    laterDeadlines = Timers.deadlines(count, &random)
    picks = (0..<count).map { _ in Int(random.next() % UInt64(count)) }
    order = (0..<count).shuffled(using: &random)
  }

  private static func deadlines(_ count: Int, _ random: inout SplitMix64) -> [Instant] {
    (0..<count).map { _ in
      Instant(nanoseconds: Int64(random.next() % UInt64(Limits.escalationWindow)))
    }
  }

  /// A wheel in which all are pending.
  var pending: TimerWheel {
    var wheel = TimerWheel()
    for (id, deadline) in deadlines.enumerated() { wheel.arm(id, at: deadline) }
    return wheel
  }

  /// A wheel that had all of them once.
  var empty: TimerWheel {
    var wheel = pending
    for id in 0..<count { wheel.cancel(id) }
    return wheel
  }
}

extension Outcome {
  /// Takes a timer that became due; the hash depends on the order.
  @inline(__always)
  fileprivate mutating func expire(_ id: Int, _ deadline: Instant) {
    info &+= 1
    hash =
      (hash ^ UInt64(truncatingIfNeeded: id) ^ UInt64(bitPattern: deadline.nanoseconds))
      &* 0x9E37_79B9_7F4A_7C15
  }
}
