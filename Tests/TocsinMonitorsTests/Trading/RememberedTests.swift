import CustomDump
import Foundation
import Testing

@testable import TocsinMonitors

struct RememberedTests {
  @Test func `the oldest key goes for a new one, however often it was set again`() {
    var memory = Remembered<String, Int>(capacity: 2)
    memory["a"] = 1
    memory["b"] = 2
    memory["a"] = 3
    memory["c"] = 4
    #expect(memory["a"] == nil)
    expectNoDifference(memory.keys, ["b", "c"])
    #expect(memory["b"] == 2)
    #expect(memory.count == 2)
  }

  @Test func `a known key is not added, and keeps its value`() {
    var memory = Remembered<String, Int>(capacity: 2)
    let added = [memory.insert("a", 1), memory.insert("a", 2)]
    expectNoDifference(added, [true, false])
    #expect(memory["a"] == 1)
  }

  @Test func `a capacity below one counts as one`() {
    var memory = Remembered<String, Nothing>(capacity: 0)
    let added = ["a", "b", "a"].map { memory.insert($0) }
    expectNoDifference(added, [true, true, true])
    expectNoDifference(memory.keys, ["a"])
  }

  @Test func `a copy does not change with its original`() {
    var memory = Remembered<String, Nothing>(capacity: 4)
    _ = memory.insert("a")
    let copy = memory
    _ = memory.insert("b")
    expectNoDifference(copy.keys, ["a"])
  }

  @Test(arguments: 0..<50)
  func `it knows what a list of the last keys knows, also once it was saved`(seed: Int) throws {
    var random = MonitorRandom(seed: seed)
    let capacity = 1 + random.below(20)
    var memory = Remembered<Int, Int>(capacity: capacity)
    var (keys, values): ([Int], [Int: Int]) = ([], [:])
    for step in 0..<400 {
      let key = random.below(40)
      if random.below(3) == 0 {
        memory[key] = step
        values[key] = step
      } else {
        let isNew = memory.insert(key, step)
        #expect(isNew == !keys.contains(key), "seed \(seed)")
        if !keys.contains(key) { values[key] = step }
      }
      if !keys.contains(key) { keys.append(key) }
      if keys.count > capacity { values[keys.removeFirst()] = nil }
      if step % 100 == 99 {
        memory = try JSONDecoder().decode(
          Remembered<Int, Int>.self,
          from: JSONEncoder().encode(memory)
        )
      }
      expectNoDifference(memory.keys, keys, "seed \(seed)")
      #expect((0..<40).allSatisfy { memory[$0] == values[$0] }, "seed \(seed)")
    }
  }

  @Test func `a saved memory with a value too few is refused`() {
    let text = #"{"capacity": 3, "keys": ["a", "b"], "values": [1]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Remembered<String, Int>.self, from: Data(text.utf8))
    }
  }
}
