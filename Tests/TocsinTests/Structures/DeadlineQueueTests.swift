import Testing

@testable import Tocsin

@Suite struct DeadlineQueueTests {
  /// The same as a plain list that is searched from end to end.
  struct Model {
    var armed: [(id: Int, deadline: Int64, order: Int)] = []
    var order = 0

    mutating func arm(_ id: Int, at deadline: Int64) {
      armed.removeAll { $0.id == id }
      order += 1
      if deadline != .max { armed.append((id, deadline, order)) }
    }

    mutating func popDue(at now: Int64) -> (id: Int, deadline: Int64)? {
      let due = armed.filter { $0.deadline <= now }
      guard let first = due.min(by: { ($0.deadline, $0.order) < ($1.deadline, $1.order) }) else {
        return nil
      }
      armed.removeAll { $0.id == first.id }
      return (first.id, first.deadline)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `gives what is due in the order of deadlines and of arming, as a plain list does`(
    seed: UInt64
  ) {
    var random = StructureRandom(seed: seed)
    var queue = DeadlineQueue()
    var model = Model()
    var now: Int64 = 0
    for _ in 0..<400 {
      let id = random.below(24)
      // Mostly one delay, as in a debounce; sometimes another, which goes to the wheel.
      let delay = random.oneIn(4) ? Int64(random.below(40)) : 20
      let deadline = random.oneIn(9) ? Int64.max : now + delay
      queue.arm(id, at: Instant(nanoseconds: deadline))
      model.arm(id, at: deadline)
      #expect(queue.nextDeadline.nanoseconds == model.armed.map(\.deadline).min() ?? .max)
      now += Int64(random.below(random.oneIn(15) ? 60 : 3))
      while let expected = model.popDue(at: now) {
        let popped = queue.popDue(at: Instant(nanoseconds: now))
        #expect(popped?.id == expected.id, "seed \(seed)")
        #expect(popped?.deadline.nanoseconds == expected.deadline, "seed \(seed)")
      }
      #expect(queue.popDue(at: Instant(nanoseconds: now)) == nil, "seed \(seed)")
    }
  }

  @Test func `a copy goes its own way`() {
    var first = DeadlineQueue()
    first.arm(1, at: Instant(nanoseconds: 5))
    var second = first
    second.arm(1, at: Instant(nanoseconds: 9))
    #expect(first.nextDeadline.nanoseconds == 5 && second.nextDeadline.nanoseconds == 9)
  }
}
