import CustomDump
import Foundation
import OpenCombine
import Testing
import Tracing

@testable import Tocsin

@Suite struct JoinTests {
  @Test func `combineLatest gives the newest values with every new one`() {
    let bench = expectMarbles(
      "-a-------b---|",
      "---1---2-------|",
      as: letter,
      gives: "---<a1>---<a2>-<b2>-----|"
    ) { CombineLatest($0[0], $0[1]) }
    expectNoDifference(
      bench.node("combineLatest")?.books,
      "received 4, made 0, passed 3, held 0, dropped 1 joined"
    )
  }

  @Test func `what combineLatest replaces before its first combination is superseded`() {
    let bench = expectMarbles(
      "abc-d|",
      "---1--|",
      as: letter,
      gives: "---<c1><d1>-|"
    ) { CombineLatest($0[0], $0[1]) }
    expectNoDifference(
      bench.node("combineLatest")?.books,
      "received 5, made 0, passed 2, held 0, dropped 1 joined, 2 superseded"
    )
  }

  @Test func `while it waits for the first combination a value is held`() {
    let bench = expectMarbles("a-b-", "----", as: letter, gives: "----") {
      CombineLatest($0[0], $0[1])
    }
    expectNoDifference(
      bench.node("combineLatest")?.books,
      "received 2, made 0, passed 0, held 1, dropped 1 superseded"
    )
  }

  @Test func `what never found a partner is unmatched at the end`() {
    let bench = expectMarbles("a-b|", "----|", as: letter, gives: "----|") {
      CombineLatest($0[0], $0[1])
    }
    expectNoDifference(
      bench.node("combineLatest")?.dropsByReason,
      [.superseded: 1, .unmatched: 1]
    )
  }

  @Test func `at one instant each value makes a combination of its own`() {
    expectMarbles("a-b-|", "1-2-|", as: letter, gives: "<a1>-(<b1><b2>)-|") {
      CombineLatest($0[0], $0[1])
    }
  }

  @Test func `combineLatest of three`() {
    let bench = expectMarbles(
      "-a---------b-|",
      "---1-----2---|",
      "-----x-------|",
      as: letter,
      gives: "-----<a1x>---<a2x>-<b2x>-|"
    ) { CombineLatest($0[0], $0[1], $0[2]) }
    expectNoDifference(
      bench.node("combineLatest")?.books,
      "received 5, made 0, passed 3, held 0, dropped 2 joined"
    )
  }

  @Test func `zip pairs by place`() {
    let bench = expectMarbles(
      "-a-b-----c---|",
      "-----1-2---3-|",
      as: letter,
      gives: "-----<a1>-<b2>---<c3>-|"
    ) { Zip($0[0], $0[1]) }
    expectNoDifference(
      bench.node("zip")?.books,
      "received 6, made 0, passed 3, held 0, dropped 3 joined"
    )
  }

  @Test func `zip ends when no pair can come any more, and drops what waits`() {
    let bench = expectMarbles("ab|-----", "--123--|", as: letter, gives: "--<a1>(<b2>|)----") {
      Zip($0[0], $0[1])
    }
    expectNoDifference(bench.probe.isOver, true)
  }

  @Test func `zip ends at once with a stream that ends and has nothing waiting`() {
    let bench = expectMarbles("a-|--", "1-23|", as: letter, gives: "<a1>-|--") {
      Zip($0[0], $0[1])
    }
    expectNoDifference(bench.feeds[1].node.dropsByReason, [.noSubscriber: 2])
    let other = expectMarbles("abc--", "1--|", as: letter, gives: "<a1>--|-") {
      Zip($0[0], $0[1])
    }
    expectNoDifference(
      other.node("zip")?.books,
      "received 4, made 0, passed 1, held 0, dropped 1 joined, 2 unmatched"
    )
  }

  @Test func `zip keeps no more than its limit, and drops the oldest`() {
    let bench = expectMarbles("abcd--", "----12", as: letter, gives: "----<c1><d2>") {
      Zip($0[0], $0[1], limit: 2)
    }
    expectNoDifference(bench.node("zip")?.dropsByReason, [.bufferFull: 2, .joined: 2])
  }

  @Test func `zip never drops a critical alert`() {
    let bench = Bench<MarkedAlert, Pair<MarkedAlert, MarkedAlert>>(inputs: 2) {
      Zip($0[0], $0[1], limit: 2)
    }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: "cwwccc".map(MarkedAlert.init)) }
    expectNoDifference(bench.node("zip")?.held, 4)
    expectNoDifference(bench.node("zip")?.dropsByReason, [.bufferFull: 2])
  }

  @Test(arguments: [0, 1]) func `a cancel ends all inputs and leaves nothing held`(kind: Int) {
    let tests: [([Tap<Feed<String>>]) -> Tap<Erased<String>>] = [
      { Zip($0[0], $0[1]).map(to: String.self) { $0.mark }.asErased },
      { CombineLatest($0[0], $0[1]).map(to: String.self) { $0.mark }.asErased },
    ]
    let bench = expectMarbles(
      "a-b-c|",
      "-----1|",
      as: letter,
      cancelAfter: 3,
      gives: "-------",
      tests[kind]
    )
    expectNoDifference(bench.feeds.map(\.node.dropped), [1, 1])
  }

  @Test func `what is not asked for is kept and delivered before the end`() {
    let bench = Bench<Int, Pair<Int, Int>>(inputs: 2, demand: 1) { Zip($0[0], $0[1]) }
    bench.at(second: 1) {
      bench.feeds[0].send(contentsOf: [1, 2, 3])
      bench.feeds[1].send(contentsOf: [4, 5, 6])
      bench.feeds[0].finish()
    }
    expectNoDifference(bench.node("zip")?.held, 2)
    bench.at(second: 2) { bench.probe.ask(1) }
    bench.at(second: 3) { bench.probe.ask(1) }
    expectNoDifference(bench.probe.happened.map(\.text), ["14", "25", "36", "|"])
    expectNoDifference(bench.breaches(isDone: true), [])
  }

  @Test func `a traced pair links to the value that waited`() {
    let world = Timeline.virtual()
    let lane = world.lane("traced")
    world.perform(on: lane) {
      let recorder = TrailRecorder(tracer: NoOpTracer(), sampleEvery: 0, isLive: false)
      lane.local.recorder = recorder
      let feeds = [Feed<Int>(on: lane), Feed<Int>(on: lane)]
      let (zip, both) = (Node("zip"), Node("combineLatest"))
      let log = Log<[[Int]]>()
      let note: () -> Void = {
        let steps = recorder.trace(of: lane.local.stamp).steps
        log.add(steps.map { $0.links?.stamps.map { Int($0.sequence) } ?? [] })
      }
      Zipped(feeds[0].erased(), feeds[1].erased(), on: lane, node: zip).each { _ in note() }
      CombinedLatest2(feeds[0].erased(), feeds[1].erased(), on: lane, node: both)
        .each { _ in note() }
      feeds[0].send(7)
      feeds[1].send(8)
      feeds[1].send(9)
      expectNoDifference(log.entries, [[[0]], [[0]], [[0]]])
      lane.local.recorder = nil
    }
  }

  @Test func `pairs and combinations are plain values`() throws {
    let pair = Pair(1, "a")
    #expect(Set([pair, Pair(1, "a")]).count == 1)
    let latest = Latest3(1, "a", true)
    let read = try JSONDecoder().decode(
      Latest3<Int, String, Bool>.self,
      from: JSONEncoder().encode(latest)
    )
    expectNoDifference(read, latest)
  }
}

extension Tap {
  /// The same chain without its type.
  var asErased: Tap<Erased<Upstream.Output>> {
    Tap<Erased<Upstream.Output>>(upstream.erased(), node, on: lane)
  }
}
