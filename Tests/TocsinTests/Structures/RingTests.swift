import CustomDump
import Testing

@testable import Tocsin

@Test(arguments: 0..<40 as Range<UInt64>)
func `a ring agrees with an array`(seed: UInt64) {
  var random = StructureRandom(seed: seed)
  var ring = Ring<String?>(minimumCapacity: random.below(3) * 5)
  var array: [String?] = []
  for number in 0..<800 {
    switch random.below(9) {
    case 0..<5:
      let element = random.oneIn(10) ? nil : "\(number)"
      ring.append(element)
      array.append(element)
    case 5..<8:
      let expected = array.isEmpty ? nil : Optional.some(array.removeFirst())
      #expect(ring.popFirst() == expected)
    default:
      let digit: Character = ["0", "3", "7"][random.below(3)]
      let position = array.firstIndex { $0?.last == digit }
      let expected = position.map { array.remove(at: $0) }
      #expect(ring.evictOldest { $0?.last == digit } == expected)
    }
    #expect(ring.count == array.count && ring.first == array.first)
  }
  expectNoDifference(Array(ring), array)
}

@Test func `a copy of a ring goes its own way`() {
  var ring = Ring<Int>()
  for number in 0..<10 { ring.append(number) }
  let copy = ring
  #expect(ring.evictOldest { $0 > 3 } == 4)
  #expect(ring.popFirst() == 0)
  #expect(Array(ring) == [1, 2, 3, 5, 6, 7, 8, 9])
  #expect(Array(copy) == Array(0..<10))
  ring.removeAll()
  #expect(ring == Ring())
}

@Test func `a ring releases what has left`() {
  final class Payload {}
  weak var popped: Payload?
  weak var evicted: Payload?
  var ring = Ring<Payload>()
  do {
    let (first, second) = (Payload(), Payload())
    (popped, evicted) = (first, second)
    ring.append(first)
    ring.append(Payload())
    ring.append(second)
    #expect(ring.evictOldest { $0 === second } === second)
    #expect(ring.popFirst() === first)
  }
  #expect(popped == nil && evicted == nil)
  #expect(ring.count == 1)
}
