import CustomDump
import Testing

@testable import Tocsin

/// Counts the objects that live, so that a leak or a double release shows.
private final class Census {
  var living = 0
}

private final class TablePayload {
  let census: Census
  let number: Int

  init(_ number: Int, in census: Census) {
    self.number = number
    self.census = census
    census.living += 1
  }

  deinit { census.living -= 1 }
}

private struct BadHash: Hashable {
  var number: Int
  func hash(into hasher: inout Hasher) { hasher.combine(number & 1) }
}

/// A table and what it should hold: states and slots in dictionaries.
private struct Modelled<Key: Hashable> {
  var table = KeyTable<Key, TablePayload>()
  var states: [Key: Int] = [:]
  var slots: [Key: Int] = [:]
  var freed: [Int] = []

  mutating func step(_ key: Key, _ number: Int, in census: Census, _ dice: Int) {
    // Hints about keys it has and keys it has not: they change nothing.
    table.prepare(for: key, dice & 1 == 0 ? .near : .far)
    switch dice {
    case 0..<4: insert(key, number, in: census)
    case 4..<7: remove(key)
    case 7: replace(key, number, in: census)
    default: break
    }
    let isRight =
      table.slot(of: key) == slots[key] && table.state(of: key)?.number == states[key]
      && table.count == states.count
    #expect(isRight, "\(key)")
  }

  private mutating func insert(_ key: Key, _ number: Int, in census: Census) {
    let (slot, isNew) = table.findOrInsert(key, TablePayload(number, in: census))
    #expect(isNew == (states[key] == nil))
    if isNew {
      #expect(slot == freed.popLast() ?? states.count)
      states[key] = number
      slots[key] = slot
    }
  }

  private mutating func remove(_ key: Key) {
    guard let slot = table.slot(of: key) else { return }
    #expect(table.remove(slot).number == states[key])
    freed.append(slot)
    states[key] = nil
    slots[key] = nil
  }

  private mutating func replace(_ key: Key, _ number: Int, in census: Census) {
    guard let slot = table.slot(of: key) else { return }
    table[slot] = TablePayload(number, in: census)
    states[key] = number
  }

  func check() {
    var found: [Key: Int] = [:]
    var walked: [Int] = []
    table.forEach { slot, key, payload in
      found[key] = payload.number
      walked.append(slot)
    }
    expectNoDifference(found, states)
    expectNoDifference(walked, slots.values.sorted())
    expectNoDifference(table.keys.map { slots[$0] }, walked)
  }
}

private func fuzz<Key: Hashable>(seed: UInt64, _ key: (Int) -> Key) {
  let census = Census()
  var random = StructureRandom(seed: seed)
  do {
    var model = Modelled<Key>()
    var copies: [Modelled<Key>] = []
    let range = [3, 20, 400][random.below(3)]
    for number in 0..<1_500 {
      model.step(key(random.below(range)), number, in: census, random.below(8))
      if random.oneIn(300) { copies.append(model) }
      if random.oneIn(400), let copy = copies.randomElement(using: &random) { model = copy }
    }
    model.check()
    for copy in copies { copy.check() }
    #expect(census.living > 0)
  }
  #expect(census.living == 0, "seed \(seed)")
}

@Test(arguments: 0..<30 as Range<UInt64>)
func `a key table agrees with a dictionary and keeps slots and copies`(seed: UInt64) {
  fuzz(seed: seed) { UInt32($0) }
  fuzz(seed: seed) { Int64($0) << 40 }
  fuzz(seed: seed) { "a key of more than fifteen bytes: \($0)" }
  fuzz(seed: seed) { $0 % 3 == 0 ? "é\($0)" : "SYM\($0)" }
  fuzz(seed: seed) { AlertKey("rule\($0 % 5)", subject: "SYM\($0)") }
  fuzz(seed: seed) { BadHash(number: $0) }
}

@Test func `slots are given out densely and the one freed last comes first`() {
  var table = KeyTable<String, Int>()
  #expect(["a", "b", "c", "d"].map { table.insert($0, 0) } == [0, 1, 2, 3])
  table.remove(1)
  table.remove(2)
  #expect(["e", "f", "g"].map { table.insert($0, 0) } == [2, 1, 4])
  #expect(table.key(at: 2) == "e")
  #expect(table.firstSlot(from: 3) == 3)
  #expect(table.firstSlot(from: 5) == nil)
}

@Test func `a state is changed in place and a copy does not see it`() {
  var table = KeyTable<UInt8, [Int]>()
  let slot = table.insert(7, [1])
  let copy = table
  table[slot].append(2)
  #expect(table[slot] == [1, 2])
  #expect(copy[slot] == [1])
  #expect(table.insert(7, [3]) == slot)
  #expect(table[slot] == [3])
}

@Test func `a large table says the slot that a key most probably has, a small one does not`() {
  var table = KeyTable<Int, (Int, Int, Int)>()
  for key in 0..<1_000 { table.insert(key, (key, 0, 0)) }
  #expect((0..<1_000).allSatisfy { table.prepare(for: $0, .near) == nil })
  for key in 1_000..<60_000 { table.insert(key, (key, 0, 0)) }
  let found = (0..<60_000).filter { table.prepare(for: $0, .near) == table.slot(of: $0) }
  #expect(found.count > 59_000)
  #expect((0..<60_000).allSatisfy { table.prepare(for: $0, .near) != nil })
  #expect((0..<60_000).allSatisfy { table.prepare(for: $0, .far) == nil })
  let wrong = (60_000..<120_000).filter { table.prepare(for: $0, .near) != nil }
  #expect(wrong.count < 1_000)
  for slot in 0..<60_000 { table.remove(slot) }
  #expect((0..<60_000).allSatisfy { table.prepare(for: $0, .near) == nil })
}

@Test func `a table with room does not lose keys at its edges`() {
  for capacity in [0, 1, 4, 5, 1_000] {
    var table = KeyTable<UInt16, Void>(minimumCapacity: capacity)
    for key in UInt16.min...UInt16.max { table.insert(key, ()) }
    #expect(table.count == 65_536)
    #expect(table.slot(of: 65_535) == 65_535)
    table.removeAll()
    #expect(table.isEmpty && table.slot(of: 0) == nil)
  }
}

@Test func `structures of sendable parts are sendable`() {
  func send<Value: Sendable>(_: Value.Type) {}
  send(KeyTable<String, [Int]>.self)
  send(Ring<Int>.self)
  send(TimerWheel.self)
  send(LatencyHistogram.self)
}
