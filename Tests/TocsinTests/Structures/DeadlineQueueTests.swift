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

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `keeps its order when ids are armed anew far more often than they fire`(seed: UInt64) {
    var random = StructureRandom(seed: seed)
    var queue = DeadlineQueue()
    var model = Model()
    // A delay as long as more armings than the ring has room for, so that entries are moved together.
    for now in 0..<Int64(4_000) {
      let id = random.below(random.oneIn(3) ? 3 : 90)
      let delay: Int64 = random.oneIn(50) ? 70 : 300
      queue.arm(id, at: Instant(nanoseconds: now + delay))
      model.arm(id, at: now + delay)
      if random.oneIn(700) { queue = queue.armedAndDiscarded(id) }
      #expect(queue.nextDeadline.nanoseconds == model.armed.map(\.deadline).min())
      while let expected = model.popDue(at: now) {
        let popped = queue.popDue(at: Instant(nanoseconds: now))
        #expect(popped?.id == expected.id && popped?.deadline.nanoseconds == expected.deadline)
      }
      #expect(queue.popDue(at: Instant(nanoseconds: now)) == nil, "seed \(seed)")
    }
  }

  @Test func `takes no more memory for an id that is armed again and again`() {
    var queue = DeadlineQueue()
    for now in 0..<100_000 { queue.arm(now % 5, at: Instant(nanoseconds: Int64(now))) }
    #expect(queue.memory.mask + 1 == 16)
  }

  @Test func `of equal deadlines that of the wheel comes after those armed before it`() {
    var queue = DeadlineQueue()
    // 7 goes to the end of the ring, 9 behind it; then 7 again, before the end, goes to the wheel.
    queue.arm(1, at: Instant(nanoseconds: 7))
    queue.arm(2, at: Instant(nanoseconds: 9))
    queue.arm(3, at: Instant(nanoseconds: 7))
    queue.cancel(2)
    queue.arm(4, at: Instant(nanoseconds: 7))
    let order = (0..<4).map { _ in queue.popDue(at: Instant(nanoseconds: 9))?.id }
    #expect(order == [1, 3, 4, nil])
  }

  @Test func `a deadline is found by the newest arming when ring and wheel have held the id`() {
    var queue = DeadlineQueue()
    queue.arm(0, at: Instant(nanoseconds: 20))
    queue.arm(1, at: Instant(nanoseconds: 5))
    queue.arm(1, at: Instant(nanoseconds: 30))
    #expect(queue.nextDeadline.nanoseconds == 20)
    queue.arm(1, at: Instant(nanoseconds: 3))
    #expect(queue.nextDeadline.nanoseconds == 3)
    queue.cancel(1)
    #expect(queue.nextDeadline.nanoseconds == 20)
    #expect(queue.popDue(at: Instant(nanoseconds: 40))?.id == 0)
    #expect(queue.popDue(at: Instant(nanoseconds: 40)) == nil)
  }

  @Test func `says whose deadline comes behind the first, and nothing beyond the last`() {
    var queue = DeadlineQueue()
    #expect(queue.id(ahead: 0) == nil)
    for id in 0..<3 { queue.arm(id, at: Instant(nanoseconds: Int64(id))) }
    #expect((0..<5).map { queue.id(ahead: $0) } == [0, 1, 2, nil, nil])
    _ = queue.popDue(at: Instant(nanoseconds: 0))
    #expect((0..<3).map { queue.id(ahead: $0) } == [1, 2, nil])
  }

  @Test func `a copy goes its own way`() {
    var first = DeadlineQueue()
    first.arm(1, at: Instant(nanoseconds: 5))
    var second = first
    second.arm(1, at: Instant(nanoseconds: 9))
    #expect(first.nextDeadline.nanoseconds == 5 && second.nextDeadline.nanoseconds == 9)
  }
}

extension DeadlineQueue {
  /// The same queue, after a copy of it went another way.
  fileprivate func armedAndDiscarded(_ id: Int) -> DeadlineQueue {
    var copy = self
    copy.arm(id, at: Instant(nanoseconds: .max - 1))
    copy.cancel(id)
    return self
  }
}
