import CustomDump
import Testing

@testable import Tocsin

@Suite struct WaitingRoomTests {
  @Test func `agrees with a list that is searched`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      var room = WaitingRoom<Int, Int>()
      var list: [(key: Int, item: Int, deadline: Int64)] = []
      for item in 0..<200 {
        let key = Int.random(in: 0..<4, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: expectNoDifference(room.popFirst(), list.take { _ in true })
        case 1, 2: expectNoDifference(room.popFirst(of: key), list.take { $0.key == key })
        case 3:
          let evicted = room.evictOldest { $0.isMultiple(of: 3) }
          expectNoDifference(evicted, list.take { $0.item.isMultiple(of: 3) })
        case 4:
          let evicted = room.evictOldest(of: key) { $0.isMultiple(of: 2) }
          expectNoDifference(evicted, list.take { $0.key == key && $0.item.isMultiple(of: 2) })
        default:
          room.append(item, for: key, until: Int64(item * 10))
          list.append((key, item, Int64(item * 10)))
        }
        let own = list.filter { $0.key == key }
        expectNoDifference(room.count, list.count, "seed \(seed)")
        expectNoDifference(room.count(of: key), own.count, "seed \(seed)")
        expectNoDifference(room.oldest(of: key), own.first?.item, "seed \(seed)")
        expectNoDifference(room.nextDeadline, list.first?.deadline ?? .max, "seed \(seed)")
        expectNoDifference(room.keyCount, Set(list.map(\.key)).count, "seed \(seed)")
      }
    }
  }

  @Test func `what was taken out makes place for what comes`() {
    var room = WaitingRoom<String, Int>()
    for item in 0..<10_000 {
      room.append(item, for: "key \(item)", until: Int64(item))
      if item >= 10 { expectNoDifference(room.popFirst(), item - 10) }
    }
    #expect(room.placeCount <= 11 && room.keyCount == 10)
  }
}

extension Array where Element == (key: Int, item: Int, deadline: Int64) {
  fileprivate mutating func take(_ matches: (Element) -> Bool) -> Int? {
    firstIndex(where: matches).map { remove(at: $0).item }
  }
}
