import CustomDump
import Foundation
import Testing

@testable import Tocsin

@Suite struct ShortRingTests {
  private func instant(_ number: Int) -> Instant { Instant(nanoseconds: Int64(number)) }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `agrees with a list, below and beyond its four places`(seed: UInt64) throws {
    var random = StructureRandom(seed: seed)
    let limit = [1, 2, 3, 4, 5, 9, 40][random.below(7)]
    var ring = ShortRing<Instant>(limit: limit)
    var list: [Instant] = []
    for step in 0..<600 {
      switch random.below(random.oneIn(20) ? 8 : 5) {
      case 0...2:
        let oldest = list.count == limit ? list.removeFirst() : nil
        list.append(instant(step))
        #expect(ring.append(instant(step)) == oldest)
      case 3, 4:
        #expect(ring.removeFirst() == (list.isEmpty ? nil : list.removeFirst()))
      case 5 where !list.isEmpty:
        list[list.count - 1] = instant(-step)
        ring.replaceNewest(with: instant(-step))
      case 6:
        list.removeAll()
        ring.removeAll()
      default:
        let file = try JSONEncoder().encode(ring)
        ring = try JSONDecoder().decode(ShortRing<Instant>.self, from: file)
      }
      #expect(ring.count == list.count && ring.first == list.first, "seed \(seed)")
      #expect(ring.newest == list.last, "seed \(seed)")
      let offset = random.below(6)
      let expected = offset < list.count ? list[list.count - 1 - offset] : nil
      #expect(ring.element(fromNewest: offset) == expected, "seed \(seed)")
      if random.oneIn(10) { expectNoDifference(ring.elements, list, "seed \(seed)") }
    }
  }

  @Test func `an empty ring has no newest element to put another in the place of`() {
    var ring = ShortRing<Instant>(limit: 3)
    ring.replaceNewest(with: instant(1))
    #expect(ring.count == 0 && ring.first == nil && ring.removeFirst() == nil)
    #expect(ring.element(fromNewest: 0) == nil && ring.element(fromNewest: -1) == nil)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a waiting line agrees with a list of at most so many`(seed: UInt64) throws {
    var random = StructureRandom(seed: seed)
    let limit = [1, 2, 3, 9][random.below(4)]
    var line = WaitingLine<String>()
    var list: [String] = []
    for step in 0..<400 {
      switch random.below(7) {
      case 0...2:
        let isReplaced = list.count == limit
        if isReplaced { list.removeFirst() }
        list.append("\(step)")
        #expect(line.append("\(step)", limit: limit) == isReplaced)
      case 3, 4:
        if !list.isEmpty { list.removeFirst() }
        line.removeFirst()
      case 5 where random.oneIn(5):
        list.removeAll()
        line.removeAll()
      default:
        let file = try JSONEncoder().encode(line)
        line = try JSONDecoder().decode(WaitingLine<String>.self, from: file)
      }
      #expect(line.count == list.count && line.first == list.first, "seed \(seed)")
      #expect(line.isEmpty == list.isEmpty, "seed \(seed)")
      if random.oneIn(10) { expectNoDifference(line.elements, list, "seed \(seed)") }
    }
  }
}
