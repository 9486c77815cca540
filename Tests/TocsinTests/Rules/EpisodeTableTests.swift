import CustomDump
import Testing

@testable import Tocsin

@Suite struct EpisodeTableTests {
  typealias Table = EpisodeTable<Int, String>

  /// The same as two lists: what was heard of last, and what began to wait last, stands last.
  struct Model: Equatable {
    var quiet: [Int] = []
    var line: [Int] = []

    init() {}

    init(_ table: Table) {
      quiet = table.rows.entries.map(\.0)
      line = table.waiting.entries.map(\.0)
    }

    /// Gives whether a key was forgotten.
    mutating func hear(of key: Int, limit: Int) -> Bool {
      guard !line.contains(key) else { return false }
      let isKnown = quiet.contains(key)
      quiet.removeAll { $0 == key }
      let isFull = !isKnown && quiet.count >= limit
      if isFull { quiet.removeFirst() }
      quiet.append(key)
      return isFull
    }

    mutating func toggle(_ key: Int) {
      let waits = line.contains(key)
      line.removeAll { $0 == key }
      quiet.removeAll { $0 == key }
      if waits { quiet.append(key) } else { line.append(key) }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a key is in the line or in the order of the others, as in two plain lists`(seed: UInt64)
    throws
  {
    var random = RuleRandom(seed: seed)
    var (table, model) = (Table(), Model())
    for step in 0..<300 {
      let key = Int.random(in: 0..<12, using: &random)
      let (slot, isFull) = table.hear(of: key, limit: 4)
      #expect(isFull == model.hear(of: key, limit: 4), "seed \(seed), step \(step)")
      switch random.pick([0, 0, 1, 1, 2, 3]) {
      case 1 where table[slot].waiting == nil:
        table.beginWaiting(slot, "\(key)")
        model.toggle(key)
      case 1:
        table.stopWaiting(slot)
        model.toggle(key)
      case 2 where table[slot].waiting == nil:
        table.remove(slot)
        model.quiet.removeAll { $0 == key }
      case 3: table = try table.writtenAndRead()
      default: break
      }
      expectNoDifference(Model(table), model, "seed \(seed), step \(step)")
      let first = table.longestWaiting.map { table.rows.table.key(at: $0) }
      #expect(first == model.line.first)
      #expect(table.waitingCount == model.line.count)
      #expect(table.count == model.line.count + model.quiet.count)
    }
    for (key, episode) in table.waiting.entries { #expect(episode.waiting == "\(key)") }
  }

  @Test
  func `what a file says twice of a key counts once, and what waits does so wherever it stands`()
    throws
  {
    var table = Table()
    for key in [1, 2] { table.rows.append(key, Table.Episode()) }
    table.rows[0].waiting = "in the wrong list"
    let read = try table.writtenAndRead()
    expectNoDifference(read.waiting.entries.map(\.0), [1])
    expectNoDifference(read.rows.entries.map(\.0), [2])
    expectNoDifference(read.waitingCount, 1)
  }

  @Test func `what waits is never forgotten, however many keys come`() {
    var memory = EpisodesMemory<KeyedAlert>(.newest)
    _ = memory.keepBack(KeyedAlert(-1, .warning), .notSampled)
    let limit = EpisodesMemory<KeyedAlert>.limit
    for key in 0...limit { _ = memory.pass(KeyedAlert(key, .warning), .passed) }
    #expect(memory.hasForgotten)
    expectNoDifference(memory.episodes.count, limit + 1)
    #expect(memory.episodes.slot(of: 0) == nil)
    expectNoDifference(memory.release(at: .epoch, .sampled)?.output.key, -1)
    #expect(!memory.isWaiting)
  }
}
