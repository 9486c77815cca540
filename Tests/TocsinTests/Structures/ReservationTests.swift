import Testing

@testable import Tocsin

/// Places that a queue of deadlines keeps for what may be armed later.
@Suite struct ReservationTests {
  func at(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  @Test func `what is only reserved is never due`() {
    var queue = DeadlineQueue()
    queue.reserve(1, at: at(5), now: at(0))
    #expect(queue.nextDeadline == .distantFuture && !queue.isEmpty)
    #expect(queue.popDue(at: at(9)) == nil)
    queue.arm(2, at: at(7))
    #expect(queue.nextDeadline == at(7))
    #expect(queue.popDue(at: at(9))?.id == 2)
    #expect(queue.isEmpty)
  }

  @Test func `what is armed in its reserved place needs no wheel`() {
    var queue = DeadlineQueue()
    for id in 0..<40 { queue.reserve(id, at: at(Int64(100 + id)), now: at(0)) }
    for id in [30, 3, 17, 38] { queue.armReserved(id, at: at(Int64(100 + id))) }
    #expect(queue.wheel.count == 0)
    #expect(queue.nextDeadline == at(103))
    let order = (0..<5).map { _ in queue.popDue(at: at(200))?.id }
    #expect(order == [3, 17, 30, 38, nil])
  }

  @Test func `of equal deadlines the one that was reserved first comes first`() {
    var queue = DeadlineQueue()
    queue.reserve(1, at: at(5), now: at(0))
    queue.reserve(2, at: at(5), now: at(0))
    queue.arm(3, at: at(5))
    queue.armReserved(2, at: at(5))
    queue.armReserved(1, at: at(5))
    #expect((0..<4).map { _ in queue.popDue(at: at(5))?.id } == [1, 2, 3, nil])
  }

  @Test func `a place whose time has passed is given up, and its id is armed without it`() {
    var queue = DeadlineQueue()
    queue.reserve(1, at: at(5), now: at(0))
    queue.reserve(2, at: at(20), now: at(6))
    queue.armReserved(1, at: at(9))
    #expect(queue.popDue(at: at(9))?.id == 1)
    queue.armReserved(2, at: at(20))
    #expect(queue.popDue(at: at(20))?.id == 2)
  }

  @Test func `what was armed alone and is reserved instead is found when it is armed again`() {
    var queue = DeadlineQueue()
    queue.reserve(2, at: at(1), now: at(0))
    queue.arm(1, at: at(5))
    queue.cancel(2)
    queue.reserve(1, at: at(7), now: at(2))
    #expect(queue.nextDeadline == .distantFuture)
    queue.armReserved(1, at: at(7))
    #expect(queue.nextDeadline == at(7))
    #expect(queue.popDue(at: at(7))?.id == 1)
    #expect(queue.isEmpty)
  }

  @Test func `a deadline that was foreseen otherwise is armed where it belongs`() {
    var queue = DeadlineQueue()
    for (id, deadline) in [(1, 5), (2, 9), (3, 12)] as [(Int, Int64)] {
      queue.reserve(id, at: at(deadline), now: at(0))
    }
    queue.armReserved(2, at: at(4))
    queue.armReserved(1, at: at(11))
    queue.armReserved(3, at: at(12))
    let order = (0..<4).map { _ in queue.popDue(at: at(20)) }
    #expect(order.map { $0?.id } == [2, 1, 3, nil])
    #expect(order.map { $0?.deadline.nanoseconds } == [4, 11, 12, nil])
  }

  @Test func `what was armed before anything was reserved comes in its turn`() {
    var queue = DeadlineQueue()
    for id in 0..<20 { queue.arm(id, at: at(Int64(id / 2))) }
    queue.arm(3, at: at(10))
    queue.reserve(20, at: at(11), now: at(0))
    queue.armReserved(20, at: at(11))
    let order = (0..<22).map { _ in queue.popDue(at: at(11))?.id }
    #expect(order == [0, 1, 2] + Array(4..<20) + [3, 20, nil])
  }

  @Test func `places that lapse take no memory for ever`() {
    var queue = DeadlineQueue()
    for now in 0..<Int64(10_000) {
      queue.reserve(Int(now % 1_000), at: at(now + 10), now: at(now))
    }
    #expect(queue.memory.mask + 1 == 16)
  }

  /// A rule as a window is: it foresees its end, and may or may not come to wait for it.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `the order is that of a plain list, whatever is reserved, armed, moved and taken back`(
    seed: UInt64
  ) {
    var random = StructureRandom(seed: seed)
    var queue = DeadlineQueue()
    var foreseen: [Int: Int64] = [:]
    var armed: [Int: Int64] = [:]
    var now: Int64 = 0
    for step in 0..<1_500 {
      now += Int64(random.below(random.oneIn(40) ? 4_000 : 60))
      while let (id, due) = armed.min(by: { $0.value < $1.value }), due <= now {
        let popped = queue.popDue(at: at(now))
        #expect(popped?.id == id && popped?.deadline == at(due), "seed \(seed) step \(step)")
        armed[id] = nil
        reserve(id, random.oneIn(3) ? nil : due + 1_024 * 3)
      }
      #expect(queue.popDue(at: at(now)) == nil, "seed \(seed) step \(step)")
      let id = random.below(random.oneIn(2) ? 8 : 200)
      // No two deadlines are equal: what their order is, is another test's.
      let soon = (now + Int64(random.below(4_000))) / 256 * 256 + Int64(id) + 256
      switch random.below(6) {
      case 0 where armed[id] == nil: reserve(id, (now + 3_000) / 256 * 256 + Int64(id))
      case 1, 2, 3:
        if let place = foreseen[id], armed[id] == nil, place > now { arm(id, place) }
      case 4: arm(id, soon)
      default:
        queue.cancel(id)
        (armed[id], foreseen[id]) = (nil, nil)
      }
      #expect(queue.nextDeadline.nanoseconds == armed.values.min() ?? .max, "seed \(seed)")
    }
    func reserve(_ id: Int, _ deadline: Int64?) {
      foreseen[id] = deadline
      queue.reserve(id, at: deadline.map(at) ?? .distantFuture, now: at(now))
    }
    func arm(_ id: Int, _ deadline: Int64) {
      armed[id] = deadline
      if foreseen[id] == deadline {
        queue.armReserved(id, at: at(deadline))
      } else {
        queue.arm(id, at: at(deadline))
      }
      foreseen[id] = nil
      if random.oneIn(90) { queue = queue.copiedAndChanged(id) }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the next place of a set is found around the ring, as in a plain set`(seed: UInt64) {
    var random = StructureRandom(seed: seed)
    let capacity = [16, 64, 4_096, 16_384, 65_536][Int(seed % 5)]
    let set = PlaceSet(capacity: capacity)
    defer { set.deallocate() }
    var plain: Set<Int> = []
    for _ in 0..<600 {
      let place = random.oneIn(3) ? random.below(capacity) : random.below(16)
      if random.oneIn(2) {
        set.insert(place)
        plain.insert(place)
      } else {
        #expect(set.remove(place) == (plain.remove(place) != nil))
      }
      let start = random.below(capacity)
      let next = plain.min { ($0 - start) & (capacity - 1) < ($1 - start) & (capacity - 1) }
      #expect(set.first(from: start) == next, "seed \(seed)")
      #expect(set.contains(start) == plain.contains(start))
    }
  }
}

extension DeadlineQueue {
  /// The same queue, after a copy of it went another way.
  fileprivate func copiedAndChanged(_ id: Int) -> DeadlineQueue {
    var copy = self
    copy.arm(id, at: Instant(nanoseconds: .max - 1))
    copy.reserve(id + 1, at: .distantFuture, now: .distantPast)
    return self
  }
}
