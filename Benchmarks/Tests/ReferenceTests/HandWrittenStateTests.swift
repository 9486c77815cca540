import ReferenceGraph
import Testing

@testable import References

@Suite struct HandWrittenStateTests {
  @Test func `the queue keeps its order while it grows`() {
    var queue = DeadlineQueue()
    let slots = Slots(keys: 1)
    let slot = slots.slot(of: 1, severity: 0)
    var expected: Int64 = 0
    for deadline in 0..<60_000 as Range<Int64> {
      #expect(queue.append(deadline, slot) == Int(deadline))
      if deadline % 3 == 0 {
        #expect(queue.removeFirst().deadline == expected)
        expected += 1
      }
    }
    while queue.nextDeadline != .max {
      #expect(queue.removeFirst().deadline == expected)
      expected += 1
    }
    #expect(expected == 60_000)
    queue.deallocate()
    slots.deallocate()
  }

  @Test func `each key has a slot of its own and keeps it`() {
    let slots = Slots(keys: 4000)
    let first = (0..<4000).map { slots.slot(of: $0, severity: UInt8($0 & 3)) }
    let again = (0..<4000).map { slots.slot(of: $0, severity: UInt8($0 & 3)) }
    #expect(first == again)
    #expect(Set(first).count == 4000)
    slots.deallocate()
  }

  @Test func `a slot is one cache line`() {
    #expect(MemoryLayout<Slot>.stride == 64)
  }
}
