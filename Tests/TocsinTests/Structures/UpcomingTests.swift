import Testing

@testable import Tocsin

/// What a queue of deadlines says will come up is a hint, but one that is mostly right.
@Suite struct UpcomingTests {
  func upcoming(_ queue: inout DeadlineQueue) -> [Int] {
    var ids: [Int] = []
    queue.forEachUpcoming { ids.append($0) }
    return ids
  }

  @Test func `nothing comes up in an empty queue`() {
    var queue = DeadlineQueue()
    #expect(upcoming(&queue).isEmpty)
  }

  @Test func `of equal delays the next twelve come up, and each of them once`() {
    var queue = DeadlineQueue()
    for id in 0..<16 { queue.arm(id, at: Instant(nanoseconds: Int64(id))) }
    #expect(upcoming(&queue) == Array(0..<12))
    #expect(upcoming(&queue).isEmpty)
    _ = queue.popDue(at: Instant(nanoseconds: 1))
    _ = queue.popDue(at: Instant(nanoseconds: 1))
    #expect(upcoming(&queue) == [12, 13])
  }

  @Test func `what was armed anew comes up where it counts`() {
    var queue = DeadlineQueue()
    for id in [0, 1, 2, 1, 0] { queue.arm(id, at: Instant(nanoseconds: 7)) }
    #expect(upcoming(&queue) == [2, 1, 0])
  }

  @Test func `in place of what no longer counts the first comes up again`() {
    var queue = DeadlineQueue()
    for id in [5, 1, 2, 1] { queue.arm(id, at: Instant(nanoseconds: 7)) }
    #expect(upcoming(&queue) == [5, 5, 2, 1])
  }

  @Test func `entries that were moved together come up again`() {
    var queue = DeadlineQueue()
    for id in 0..<8 { queue.arm(id, at: Instant(nanoseconds: Int64(id))) }
    #expect(upcoming(&queue) == Array(0..<8))
    for time in 8..<40 { queue.arm(7, at: Instant(nanoseconds: Int64(time))) }
    #expect(Set(upcoming(&queue)).isSuperset(of: [0, 6]))
  }

  @Test func `of other delays the next four do, beside those of the equal ones`() {
    var queue = DeadlineQueue()
    for id in 0..<3 { queue.arm(id, at: Instant(nanoseconds: 100 + Int64(id))) }
    for id in 10..<19 { queue.arm(id, at: Instant(nanoseconds: Int64(id))) }
    _ = queue.popDue(at: Instant(nanoseconds: 10))
    #expect(upcoming(&queue) == [0, 1, 2, 11, 12, 13, 14])
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `whatever comes up can be asked for, and a timer of the wheel is among it`(seed: UInt64) {
    var random = StructureRandom(seed: seed)
    var wheel = TimerWheel(tickBits: 4)
    let deadlines = (0..<50).map { _ in Int64(random.below(900)) }.sorted()
    for (id, deadline) in deadlines.enumerated() {
      wheel.arm(id, at: Instant(nanoseconds: deadline))
    }
    var guessed = 0
    while true {
      var ids: [Int] = []
      wheel.forEachUpcoming { ids.append($0) }
      #expect(ids.count <= 4 && Set(ids).isSubset(of: 0..<50), "seed \(seed)")
      guard let (id, _) = wheel.popDue(at: .distantFuture) else { break }
      guessed += ids.contains(id) ? 1 : 0
    }
    #expect(guessed == 50, "seed \(seed)")
  }
}
