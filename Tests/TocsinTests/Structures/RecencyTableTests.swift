import CustomDump
import Foundation
import Testing

@testable import Tocsin

@Suite struct RecencyTableTests {
  /// The same as a list that is searched from end to end, the oldest first.
  private struct Model {
    var table = RecencyTable<Int, Int>()
    var list: [(key: Int, state: Int)] = []

    mutating func step(_ key: Int, _ state: Int, _ dice: Int) {
      let place = list.firstIndex { $0.key == key }
      table.prepare(for: key, dice & 1 == 0 ? .near : .far)
      guard let slot = table.slot(of: key), let place else {
        #expect(table.slot(of: key) == nil && place == nil)
        table.append(key, state)
        list.append((key, state))
        return
      }
      switch dice {
      case 0: #expect(table.remove(slot) == list.remove(at: place).state)
      case 1, 2:
        table[slot] = state
        list[place].state = state
      default:
        table.touch(slot)
        list.append(list.remove(at: place))
      }
    }

    /// The oldest leaves, as where memory is short.
    mutating func evict() {
      guard let oldest = table.oldest else { return }
      #expect(table.remove(oldest) == list.removeFirst().state)
    }

    var keys: [Int] { table.entries.map(\.0) }

    func check(_ seed: UInt64) {
      expectNoDifference(keys, list.map(\.key), "seed \(seed)")
      expectNoDifference(table.entries.map(\.1), list.map(\.state), "seed \(seed)")
      #expect(table.count == list.count)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `agrees with a list, and a copy goes its own way`(seed: UInt64) {
    var random = StructureRandom(seed: seed)
    var model = Model()
    var copies: [Model] = []
    let keys = [3, 20, 200][random.below(3)]
    for step in 0..<1_200 {
      model.step(random.below(keys), step, random.below(8))
      if random.oneIn(9) { model.evict() }
      let oldest = model.list.first.flatMap { model.table.slot(of: $0.key) }
      #expect(model.table.oldest == oldest, "seed \(seed)")
      if random.oneIn(300) { copies.append(model) }
      if random.oneIn(400), let copy = copies.randomElement(using: &random) { model = copy }
    }
    model.check(seed)
    for copy in copies { copy.check(seed) }
  }

  @Test func `what was touched again and again takes no more memory`() {
    var table = RecencyTable<Int, Int>()
    for key in 0..<5 { table.append(key, key) }
    for step in 0..<50_000 { table.touch(step % 5) }
    #expect(table.order.queue.memory.mask + 1 == 16)
    expectNoDifference(table.entries.map(\.0), [0, 1, 2, 3, 4])
  }

  @Test func `the order survives a file`() throws {
    var table = RecencyTable<Int, Int>()
    for key in 0..<40 { table.append(key, -key) }
    for key in [7, 3, 39, 0] { table.touch(key) }
    table.remove(20)
    let file = try JSONEncoder().encode(table)
    var back = try JSONDecoder().decode(RecencyTable<Int, Int>.self, from: file)
    expectNoDifference(back.entries.map(\.0), table.entries.map(\.0))
    back.touch(try #require(back.oldest))
    expectNoDifference(back.entries.last?.0, table.entries.first?.0)
  }
}

@Suite struct SmallRecencyTableTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `agrees with a list, with few keys and with many`(seed: UInt64) throws {
    var random = StructureRandom(seed: seed)
    var table = SmallRecencyTable<String, Int>()
    var list: [(key: String, state: Int)] = []
    let keys = [1, 2, 3, 4, 30][random.below(5)]
    for step in 0..<800 {
      let key = "\(random.below(keys))"
      let place = list.firstIndex { $0.key == key }
      let slot = table.slot(of: key)
      #expect((slot == nil) == (place == nil), "seed \(seed)")
      table.prepare(for: key, .near)
      if let slot, let place {
        #expect(table.state(slot) == list[place].state, "seed \(seed)")
        list.remove(at: place)
        if random.oneIn(3) {
          table.remove(slot)
        } else {
          table.renew(slot, step)
          list.append((key, step))
        }
      } else {
        table.append(key, step)
        list.append((key, step))
      }
      if random.oneIn(12), let oldest = table.oldest {
        #expect(table.state(oldest) == list.removeFirst().state, "seed \(seed)")
        table.remove(oldest)
      }
      #expect(table.count == list.count && (table.oldest == nil) == list.isEmpty)
      if random.oneIn(20) {
        expectNoDifference(table.entries.map(\.0), list.map(\.key), "seed \(seed)")
        let file = try JSONEncoder().encode(table)
        table = try JSONDecoder().decode(SmallRecencyTable<String, Int>.self, from: file)
      }
    }
    expectNoDifference(table.entries.map(\.1), list.map(\.state), "seed \(seed)")
  }
}
