import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

struct ReceiveGapTests {
  private let ibm = StreamKey(venue: "X", symbol: "IBM")

  private func tick(_ symbol: String = "IBM") -> Tick {
    Tick(symbol: symbol, venue: "X", price: 1)
  }

  private func age(_ seconds: Int, _ phase: Phase, limit: Int = 60) -> FeedAge {
    FeedAge(
      stream: ibm,
      clock: .receive,
      age: .seconds(seconds),
      limit: .seconds(limit),
      phase: phase
    )
  }

  @Test func `fires once, at exactly the last tick plus the limit`() {
    var rule = ReceiveGap()
    _ = rule.receive(tick(), at: at(0))
    _ = rule.receive(tick(), at: at(7))
    expectNoDifference(rule.allDue(at: at(66.999_999_999)), [])
    let due = Due(age(60, .firing), at: at(67), .absent, isMade: true)
    expectNoDifference(rule.allDue(at: at(1_000)), [due])
    #expect(rule.nextDeadline == .distantFuture)
  }

  @Test func `resolves at the next tick and waits again`() {
    var rule = ReceiveGap()
    _ = rule.receive(tick(), at: at(0))
    _ = rule.allDue(at: at(90))
    #expect(rule.receive(tick(), at: at(90)) == .pass(age(90, .resolved), .resolved))
    #expect(rule.receive(tick(), at: at(91)) == .drop(.belowThreshold))
    #expect(rule.allDue(at: at(151)).map(\.instant) == [at(151)])
  }

  @Test func `finds a subscription that never delivers`() {
    var rule = ReceiveGap()
    #expect(rule.expect(ibm, at: at(5)) == true)
    #expect(rule.expect(ibm, at: at(50)) == true, "a second call does not put it off")
    #expect(rule.allDue(at: at(65)).map(\.output) == [age(60, .firing)])
  }

  @Test func `is quiet about a stream that was released, until its next tick`() {
    var rule = ReceiveGap()
    _ = rule.receive(tick(), at: at(0))
    #expect(rule.release(ibm) == nil)
    expectNoDifference(rule.allDue(at: at(100)), [])
    _ = rule.receive(tick(), at: at(200))
    #expect(rule.allDue(at: at(260)).count == 1)
    #expect(rule.release(ibm) == age(60, .resolved))
  }

  @Test func `a stream released and back before its old deadline has a new one`() {
    var rule = ReceiveGap()
    _ = rule.receive(tick(), at: at(0))
    _ = rule.release(ibm)
    _ = rule.receive(tick(), at: at(59))
    #expect(rule.allDue(at: at(119)).map(\.instant) == [at(119)])
  }

  @Test func `a stream may have a limit of its own, and streams beyond the limit are counted`() {
    var rule = ReceiveGap(limits: [ibm: .seconds(5)], streamLimit: 1)
    _ = rule.receive(tick(), at: at(0))
    #expect(rule.receive(tick("MSFT"), at: at(0)) == .drop(.keyLimit))
    #expect(rule.refusedCount == 1)
    #expect(rule.allDue(at: at(5)).map(\.output) == [age(5, .firing, limit: 5)])
  }

  @Test func `says in words what is wrong`() {
    #expect(
      age(60, .firing).alert.message
        == "Nothing from X/IBM for 60 s (limit 60 s): the feed may be mute."
    )
    #expect(age(90, .resolved).alert.message == "X/IBM sends again after 90 s of silence.")
  }

  @Test func `agrees with a naive model of many streams`() {
    for seed in 0..<500 {
      var random = MonitorRandom(seed: seed)
      var rule = ReceiveGap(limit: .seconds(10))
      var last: [String: Int] = [:]
      var seen: [String] = []
      var expected: [String] = []
      var now = 0
      for _ in 0..<60 {
        let before = now
        now += random.below(9)
        seen += rule.allDue(at: at(Double(now))).map {
          "\($0.output.stream.symbol) silent \($0.instant.nanoseconds / 1_000_000_000)"
        }.sorted()
        expected += last.filter { $0.value + 10 > before && $0.value + 10 <= now }
          .map { "\($0.key) silent \($0.value + 10)" }.sorted()
        let symbol = "\(random.below(4))"
        if rule.receive(tick(symbol), at: at(Double(now))).output != nil {
          seen.append("\(symbol) back")
        }
        if let then = last[symbol], then + 10 <= now { expected.append("\(symbol) back") }
        last[symbol] = now
      }
      #expect(seen == expected, "seed \(seed)")
    }
  }
}
