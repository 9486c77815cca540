import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

extension Joined: Drawn {
  var mark: String {
    switch self {
    case .both(let first, let second): drawn(first) + drawn(second)
    case .first(let first): drawn(first)
    case .second(let second): drawn(second)
    }
  }
}

@Suite struct KeyedJoinTests {
  func expectJoin(_ kind: JoinKind, gives: String, books: String) throws {
    let run = try rehearse(
      "a . b . . . . . c . . . . . . . |",
      ". . . . B . A . . . . . . . C . |",
      of: Item.self
    ) { Join($0, $1, within: .seconds(5), kind) }
    run.marks.expect(marbles: gives)
    expectNoDifference("\(try run.books(of: "join"))", "input 1/join: \(books)")
  }

  @Test func `inner gives pairs only`() throws {
    try expectJoin(
      .inner,
      gives: ". . . . bB . . . . . . . . . . . |",
      books: "received 6, made 0, passed 1, held 0, dropped 5 (joined 1, unmatched 4)"
    )
  }

  @Test func `left gives what of the first found no partner, at its deadline`() throws {
    try expectJoin(
      .left,
      gives: ". . . . bB a . . . . . . . c . . |",
      books: "received 6, made 0, passed 3, held 0, dropped 3 (joined 1, unmatched 2)"
    )
  }

  @Test func `right gives what of the second found no partner`() throws {
    try expectJoin(
      .right,
      gives: ". . . . bB . . . . . . A . . . . (C |)",
      books: "received 6, made 0, passed 3, held 0, dropped 3 (joined 1, unmatched 2)"
    )
  }

  @Test func `outer gives both`() throws {
    try expectJoin(
      .outer,
      gives: ". . . . bB a . . . . . A . c . . (C |)",
      books: "received 6, made 0, passed 5, held 0, dropped 1 (joined 1)"
    )
  }

  @Test func `the values of a key are joined in order, whichever side waits`() throws {
    try rehearse("a a b . . . A A |", ". . . A A B . . |", of: Item.self) {
      Join($0, $1, within: .seconds(5))
    }
    .marks.expect(marbles: ". . . aA aA bB . . |")
    try rehearse(". . . a b a", "A A B . . .", of: Item.self) {
      Join($0, $1, within: .seconds(6))
    }
    .marks.expect(marbles: ". . . aA bB aA")
  }

  @Test func `a partner at the very deadline comes after it`() throws {
    try rehearse("a . . . . . |", ". . . . . A |", of: Item.self) {
      Join($0, $1, within: .seconds(5), .left)
    }
    .marks.expect(marbles: ". . . . . a |")
    try rehearse("a . . . . . |", ". . . . A . |", of: Item.self) {
      Join($0, $1, within: .seconds(5), .left)
    }
    .marks.expect(marbles: ". . . . aA . |")
  }

  @Test func `a partner that comes by timer at the very deadline comes after it, too`() throws {
    try rehearse("a . . . . . . |", "A . . . . . . |", of: Item.self) {
      Join($0.debounce(.seconds(5)), $1, within: .seconds(5), .right)
    }
    .marks.expect(marbles: ". . . . . A . |")
  }

  @Test func `completes when nothing can come out any more`() throws {
    try rehearse("a |", ". . . . . B", of: Item.self) {
      Join($0, $1, within: .seconds(3))
    }
    .marks.expect(marbles: ". . . |")
    try rehearse("a |", ". . A . . B", of: Item.self) {
      Join($0, $1, within: .seconds(3), .left)
    }
    .marks.expect(marbles: ". . (aA |)")
    try rehearse("a |", ". . A . . B . . |", of: Item.self) {
      Join($0, $1, within: .seconds(5), .right)
    }
    .marks.expect(marbles: ". . aA . . . . . (B |)")
  }

  @Test func `goes on without the side that has ended when the other was asked for`() throws {
    try rehearse("a . . . . b . . |", ". |", of: Item.self) {
      Join($0, $1, within: .seconds(3), .left)
    }
    .marks.expect(marbles: ". . . a . . . . (b |)")
    try rehearse(". |", "A . . . . B . . |", of: Item.self) {
      Join($0, $1, within: .seconds(3), .outer)
    }
    .marks.expect(marbles: ". . . A . . . . (B |)")
  }

  @Test func `a full room drops the oldest, of a key or of all`() throws {
    let key = try rehearse("a a a b", ". . . . . A A A B", of: Item.self, until: .seconds(9)) {
      Join($0, $1, within: .seconds(9), perKey: 2)
    }
    key.marks.expect(marbles: ". . . . . aA aA . bB .")
    expectNoDifference(try key.books(of: "join").dropped, [.bufferFull: 1, .joined: 3])
    let all = try rehearse("a b c", ". . . B C A", of: Item.self, until: .seconds(6)) {
      Join($0, $1, within: .seconds(9), total: 2)
    }
    all.marks.expect(marbles: ". . . bB cC . .")
    expectNoDifference(try all.books(of: "join").held, 1)
    expectNoDifference(try all.books(of: "join").dropped, [.bufferFull: 1, .joined: 2])
  }

  @Test func `what a full room dropped is not waited for`() throws {
    try rehearse("a a |", ". . . . A", of: Item.self) {
      Join($0, $1, within: .seconds(9), perKey: 1)
    }
    .marks.expect(marbles: ". . . . (aA |)")
  }

  @Test(arguments: [
    (JoinKind.inner, ". . . |"), (.right, ". . . |"), (.left, ". . . . . . . . b |"),
  ])
  func `ends at once when the last value of a side that has ended was dropped`(
    kind: JoinKind,
    gives: String
  ) throws {
    let run = try rehearse(". . . b . . . . . |", "A |", of: Item.self) {
      Join($0, $1, within: .seconds(5), kind, total: 1)
    }
    run.marks.expect(marbles: gives)
    #expect(try run.books(of: "join").dropped[.bufferFull] == 1)
  }

  @Test func `counts how long values waited, alone and for their partner`() {
    let bench = Bench<Item, Joined<Item, Item>>(inputs: 2) {
      Join($0[0], $0[1], within: .seconds(5), .left)
    }
    bench.at(second: 0) { bench.feeds[0].send(Item("a")) }
    bench.at(second: 1) { bench.feeds[0].send(Item("b")) }
    bench.at(second: 2) { bench.feeds[1].send(Item("B")) }
    bench.at(second: 6)
    expectNoDifference(bench.lines, ["2 bB", "5 a"])
    let waits = bench.node("join")?.waits
    expectNoDifference(waits?.count, 2)
    expectNoDifference(waits?.min, .seconds(1))
    expectNoDifference(waits?.max, .seconds(5))
  }

  @Test(arguments: [(1, 9), (9, 1)], [0, 1])
  func `never drops a critical alert`(bound: (perKey: Int, total: Int), side: Int) {
    let bench = Bench<MarkedAlert, Joined<MarkedAlert, MarkedAlert>>(inputs: 2) {
      Join($0[0], $0[1], within: .seconds(9), perKey: bound.perKey, total: bound.total)
    }
    bench.at(second: 0) { bench.feeds[side].send(contentsOf: "cwwccc".map(MarkedAlert.init)) }
    expectNoDifference(bench.node("join")?.held, 4)
    expectNoDifference(bench.node("join")?.dropsByReason, [.bufferFull: 2])
  }

  @Test func `a cancel ends both inputs, drops what waits and leaves no timer`() throws {
    let run = try rehearse("a . b . c |", ". . . ! B |", of: Item.self) {
      Join($0, $1, within: .seconds(9), .outer)
    }
    run.marks.expect(marbles: ".")
    expectNoDifference(
      try ["input 1", "input 2"].map { try run.books(of: $0).droppedCount },
      [1, 1]
    )
    expectNoDifference(try run.books(of: "join").dropped, [.cancelled: 2])
  }

  @Test func `a time that reaches beyond the end of time sets no timer`() {
    let start = Instant(nanoseconds: .max - 5_000_000_000)
    let bench = Bench<Item, Joined<Item, Item>>(inputs: 2, from: start) {
      Join($0[0], $0[1], within: .seconds(9), .outer)
    }
    bench.at(start.advanced(byNanoseconds: 1)) { bench.feeds[0].send(Item("a")) }
    #expect(!bench.hasTimers)
    expectNoDifference(bench.node("join")?.held, 1)
  }
}

/// How a value is drawn, under a name that the property of ``Drawn`` does not hide.
private func drawn(_ value: some Any) -> String { mark(of: value) }
