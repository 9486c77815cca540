import Testing

@testable import Tocsin

/// What a queue of deadlines says will come up is a hint, but one that is mostly right.
@Suite struct UpcomingTests {
  func upcoming(_ queue: DeadlineQueue) -> [Int] {
    var ids: [Int] = []
    queue.forEachUpcoming { ids.append($0) }
    return ids
  }

  @Test func `nothing comes up in an empty queue`() { #expect(upcoming(DeadlineQueue()).isEmpty) }

  @Test func `of equal delays the fifth comes up`() {
    var queue = DeadlineQueue()
    for id in 0..<9 { queue.arm(id, at: Instant(nanoseconds: Int64(id))) }
    #expect(upcoming(queue) == [4])
  }

  @Test func `of other delays the next four do, beside the fifth of the equal ones`() {
    var queue = DeadlineQueue()
    for id in 0..<9 { queue.arm(id, at: Instant(nanoseconds: 100 + Int64(id))) }
    for id in (10..<19).reversed() { queue.arm(id, at: Instant(nanoseconds: Int64(id))) }
    _ = queue.popDue(at: Instant(nanoseconds: 10))
    #expect(upcoming(queue).first == 4)
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
