import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

struct BookAskerTests {
  private func agree(_ bench: inout DeskBench, _ topics: Set<BookTopic>, at seconds: Double) {
    if topics.contains(.positions) { bench.positions([], [], at: seconds) }
    if topics.contains(.orders) { bench.orders([], [], at: seconds) }
    if topics.contains(.fills) { bench.fills([], [], at: seconds) }
  }

  @Test func `asks for positions every minute and for orders every thirty seconds`() {
    var bench = asking()
    for second in [1.0, 31, 61, 91, 121] {
      bench.advance(to: second)
      let topics: Set<BookTopic> = second == 31 || second == 91 ? [.orders] : [.positions, .orders]
      agree(&bench, topics, at: second + 0.5)
    }
    expectNoDifference(
      bench.takeRequests(),
      [1, 31, 61, 91, 121].flatMap { second in
        (second % 60 == 1 ? [BookTopic.positions, .orders] : [.orders]).flatMap { topic in
          ["\(second) local \(topic) interval", "\(second) broker \(topic) interval"]
        }
      }
    )
    expectNoDifference(bench.takeFindings(), [])
  }

  @Test func `asks after the last of a run of fills, once`() {
    var bench = asking { $0.schedule.orders = nil }
    bench.advance(to: 1)
    agree(&bench, [.positions], at: 1.5)
    _ = bench.takeRequests()
    for second in [10.0, 12, 14] { bench.send(told(trade("\(second)")), at: second) }
    bench.advance(to: 19)
    agree(&bench, [.positions], at: 19.5)
    bench.advance(to: 50)
    expectNoDifference(
      bench.takeRequests(),
      ["19 local positions fill", "19 broker positions fill"]
    )
  }

  @Test func `a question that nobody answers is a failed query, asked again later and later`() {
    var bench = asking { $0.schedule.orders = nil }
    bench.advance(to: 200)
    expectNoDifference(
      bench.takeRequests().filter { $0.contains("broker") },
      ["1", "16", "36", "66", "116"].map {
        "\($0) broker positions \($0 == "1" ? "interval" : "retry")"
      }
    )
    expectNoDifference(
      bench.takeFindings(),
      ["positions brokerQueryFailed moderate", "positions localQueryFailed moderate"]
    )
    bench.advance(to: 206)
    agree(&bench, [.positions], at: 207)
    expectNoDifference(
      bench.takeFindings(),
      ["positions brokerQueryFailed moderate gone", "positions localQueryFailed moderate gone"]
    )
  }

  @Test func `the longest wait bounds the doubling`() {
    var bench = asking {
      $0.schedule.orders = nil
      $0.schedule.longestRetry = .seconds(20)
    }
    bench.advance(to: 1_000)
    let instants = bench.requestedAt
    let waits = zip(instants.dropFirst(), instants).map { $0 - $1 }.filter { $0 > 0 }
    #expect(waits.suffix(5).allSatisfy { $0 == 30 }, "\(waits)")
  }

  @Test func `a query that says it failed is asked again, and one book alone is named`() {
    var bench = asking { $0.schedule.orders = nil }
    bench.advance(to: 1)
    bench.positions([], nil, at: 2)
    bench.advance(to: 8)
    expectNoDifference(bench.takeFindings(), ["positions brokerQueryFailed moderate"])
    expectNoDifference(
      bench.takeRequests(),
      [
        "1 local positions interval", "1 broker positions interval",
        "7 local positions retry", "7 broker positions retry",
      ]
    )
  }

  @Test func `what nobody asked for is not taken while it asks`() {
    var bench = asking {
      $0.schedule.orders = nil
      $0.confirmations = 1
    }
    bench.advance(to: 1)
    agree(&bench, [.positions], at: 1.5)
    for second in [20.0, 30] { bench.positions([], [position("A", 1)], at: second) }
    expectNoDifference(bench.takeFindings(), [])
    // Other topics are not asked for, and taken as they come.
    bench.cash([:], ["USD": 1], at: 31)
    expectNoDifference(bench.takeFindings(), ["cash USD cashMismatch moderate"])
  }

  @Test func `an answer to an earlier question is not taken for that of a later one`() {
    for topic in BookTopic.allCases {
      var bench = asking {
        $0.schedule = .all
        $0.confirmations = 1
      }
      bench.advance(to: 16)
      let (first, second) = (at(1), at(16))
      let asked = bench.requests.filter { $0.topic == topic }.map(\.asked)
      expectNoDifference(asked, [first, first, second, second], "\(topic)")
      let (mine, theirs) = (Self.flat(topic), Self.other(topic))
      _ = bench.takeFindings()
      for report in [mine, theirs] { bench.send(report.answering(first), at: 17) }
      expectNoDifference(bench.takeFindings(), [], "\(topic), the old answers")
      bench.send(mine.answering(second), at: 18)
      bench.send(theirs.answering(first), at: 18.5)
      expectNoDifference(bench.takeFindings(), [], "\(topic), one old answer")
      bench.send(theirs.answering(second), at: 19)
      let gone = bench.takeFindings().filter { $0.hasSuffix("QueryFailed moderate gone") }
      #expect(gone.count == 2, "\(topic), the answers")
    }
  }

  @Test func `where nobody asks it does not matter which question a report answers`() {
    var bench = passive { $0.confirmations = 1 }
    let reports = [report(.local, []), report(.broker, [position("A", 1)])]
    for report in reports { bench.send(.positions(report).answering(at(-1_000)), at: 5) }
    expectNoDifference(bench.takeFindings(), ["positions A unknownPosition minor"])
  }

  /// Our report of a topic, with nothing in it.
  private static func flat(_ topic: BookTopic) -> TradingEvent {
    PaperLedger().answer(BookRequest(.local, topic, asked: at(0), reason: .interval))
  }

  /// The broker's report of a topic, with something in it.
  private static func other(_ topic: BookTopic) -> TradingEvent {
    var ledger = PaperLedger()
    ledger.orders["o"] = order("o")
    ledger.adjustments["A"] = 1
    ledger.cashAdjustment = 5
    ledger.book(trade("f"), at: 0)
    return ledger.answer(BookRequest(.broker, topic, asked: at(0), reason: .interval))
  }

  @Test func `asks for fills further back in our own book`() throws {
    var bench = asking { $0.schedule = .all }
    bench.advance(to: 1_001)
    let fills = bench.requests.filter { $0.topic == .fills }.suffix(2)
    let distance = fills.compactMap(\.since).map(\.nanoseconds)
    #expect(distance.count == 2)
    #expect(distance.last.map { $0 - (distance.first ?? 0) } == 5_000_000_000)
  }

  @Test func `asks for nothing while nobody listens, nor for what has no interval`() {
    var bench = passive()
    bench.advance(to: 1_000)
    expectNoDifference(bench.takeRequests(), [])
    expectNoDifference(bench.takeFindings(), [])
    bench = asking()
    bench.advance(to: 100)
    #expect(Set(bench.requests.map(\.topic)) == [.positions, .orders])
  }

  @Test func `a person can have it check at once`() {
    var bench = asking { $0.schedule.orders = nil }
    bench.advance(to: 1)
    agree(&bench, [.positions], at: 1.5)
    _ = bench.takeRequests()
    bench.send(.check(.positions), at: 20)
    bench.advance(to: 20)
    expectNoDifference(
      bench.takeRequests(),
      ["20 local positions byHand", "20 broker positions byHand"]
    )
  }

  @Test func `a difference is confirmed after the guard time, not at the next interval`() {
    var bench = asking { $0.schedule.orders = nil }
    bench.advance(to: 1)
    bench.positions([], [position("A", 1)], at: 2)
    bench.advance(to: 7)
    bench.positions([], [position("A", 1)], at: 7.5)
    expectNoDifference(bench.takeFindings(), ["positions A unknownPosition minor"])
    #expect(bench.takeRequests().last == "7 broker positions confirmation")
  }
}
