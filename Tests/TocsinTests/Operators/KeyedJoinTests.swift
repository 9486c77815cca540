import CustomDump
import OpenCombine
import Testing

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
  func expectJoin(_ kind: JoinKind, gives: String, books: String) {
    let bench = expectMarbles(
      "a-b-----c-------|",
      "----B-A-------C-|",
      as: Item.init,
      gives: gives
    ) { Join($0[0], $0[1], within: .seconds(5), kind) }
    expectNoDifference(bench.node("join")?.books, books)
  }

  @Test func `inner gives pairs only`() {
    expectJoin(
      .inner,
      gives: "----<bB>-----------|",
      books: "received 6, made 0, passed 1, held 0, dropped 1 joined, 4 unmatched"
    )
  }

  @Test func `left gives what of the first found no partner, at its deadline`() {
    expectJoin(
      .left,
      gives: "----<bB>a-------c--|",
      books: "received 6, made 0, passed 3, held 0, dropped 1 joined, 2 unmatched"
    )
  }

  @Test func `right gives what of the second found no partner`() {
    expectJoin(
      .right,
      gives: "----<bB>------A----(C|)",
      books: "received 6, made 0, passed 3, held 0, dropped 1 joined, 2 unmatched"
    )
  }

  @Test func `outer gives both`() {
    expectJoin(
      .outer,
      gives: "----<bB>a-----A-c--(C|)",
      books: "received 6, made 0, passed 5, held 0, dropped 1 joined"
    )
  }

  @Test func `the values of a key are joined in order, whichever side waits`() {
    expectMarbles("aab---AA|", "---AAB--|", as: Item.init, gives: "---<aA><aA><bB>--|") {
      Join($0[0], $0[1], within: .seconds(5))
    }
    expectMarbles("---aba", "AAB---", as: Item.init, gives: "---<aA><bB><aA>") {
      Join($0[0], $0[1], within: .seconds(6))
    }
  }

  @Test func `a partner at the very deadline comes after it`() {
    expectMarbles("a-----|", "-----A|", as: Item.init, gives: "-----a|") {
      Join($0[0], $0[1], within: .seconds(5), .left)
    }
    expectMarbles("a-----|", "----A-|", as: Item.init, gives: "----<aA>-|") {
      Join($0[0], $0[1], within: .seconds(5), .left)
    }
  }

  @Test func `completes when nothing can come out any more`() {
    expectMarbles("a|-------", "-----B---", as: Item.init, gives: "---|-----") {
      Join($0[0], $0[1], within: .seconds(3))
    }
    expectMarbles("a|-------", "--A--B---", as: Item.init, gives: "--(<aA>|)------") {
      Join($0[0], $0[1], within: .seconds(3), .left)
    }
    expectMarbles("a|-------", "--A--B--|", as: Item.init, gives: "--<aA>-----(B|)") {
      Join($0[0], $0[1], within: .seconds(5), .right)
    }
  }

  @Test func `goes on without the side that has ended when the other was asked for`() {
    expectMarbles("a----b--|", "-|-------", as: Item.init, gives: "---a----(b|)") {
      Join($0[0], $0[1], within: .seconds(3), .left)
    }
    expectMarbles("-|-------", "A----B--|", as: Item.init, gives: "---A----(B|)") {
      Join($0[0], $0[1], within: .seconds(3), .outer)
    }
  }

  @Test func `a full room drops the oldest, of a key or of all`() {
    let key = expectMarbles("aaab------", "-----AAAB-", as: Item.init, gives: "-----<aA><aA>-<bB>-")
    {
      Join($0[0], $0[1], within: .seconds(9), perKey: 2)
    }
    expectNoDifference(key.node("join")?.dropsByReason, [.bufferFull: 1, .joined: 3])
    let all = expectMarbles("abc----", "---BCA-", as: Item.init, gives: "---<bB><cC>--") {
      Join($0[0], $0[1], within: .seconds(9), total: 2)
    }
    expectNoDifference(all.node("join")?.held, 1)
    expectNoDifference(all.node("join")?.dropsByReason, [.bufferFull: 1, .joined: 2])
  }

  @Test func `what a full room dropped is not waited for`() {
    expectMarbles("aa|-----", "----A---", as: Item.init, gives: "----(<aA>|)---") {
      Join($0[0], $0[1], within: .seconds(9), perKey: 1)
    }
  }

  @Test func `counts how long values waited, alone and for their partner`() {
    let bench = expectMarbles("ab-----", "--B----", as: Item.init, gives: "--<bB>--a-") {
      Join($0[0], $0[1], within: .seconds(5), .left)
    }
    let waits = bench.node("join")?.waits
    expectNoDifference(waits?.count, 2)
    expectNoDifference(waits?.min, .seconds(1))
    expectNoDifference(waits?.max, .seconds(5))
  }

  @Test(arguments: [(1, 9), (9, 1)]) func `never drops a critical alert`(perKey: Int, total: Int) {
    let bench = Bench<MarkedAlert, Joined<MarkedAlert, MarkedAlert>>(inputs: 2) {
      Join($0[0], $0[1], within: .seconds(9), perKey: perKey, total: total)
    }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: "cwwccc".map(MarkedAlert.init)) }
    expectNoDifference(bench.node("join")?.held, 4)
    expectNoDifference(bench.node("join")?.dropsByReason, [.bufferFull: 2])
  }

  @Test func `a cancel ends both inputs, drops what waits and leaves no timer`() {
    let bench = expectMarbles(
      "a-b-c|",
      "----B|",
      as: Item.init,
      cancelAfter: 3,
      gives: "-------"
    ) { Join($0[0], $0[1], within: .seconds(9), .outer) }
    expectNoDifference(bench.feeds.map(\.node.dropped), [1, 1])
    expectNoDifference(bench.node("join")?.dropsByReason, [.cancelled: 2])
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
