import CustomDump
import Foundation
import OpenCombine
import Testing
import TocsinTesting
import Tracing

@testable import Tocsin

@Suite struct JoinTests {
  @Test func `combineLatest gives the newest values with every new one`() throws {
    let run = try rehearse(". a . . . . . . . b . . . |", ". . . 1 . . . 2 . . . . . . . |") {
      CombineLatest($0, $1)
    }
    run.marks.expect(marbles: ". . . a1 . . . a2 . b2 . . . . . |")
    expectNoDifference(
      "\(try run.books(of: "combineLatest"))",
      "input 1/combineLatest: received 4, made 0, passed 3, held 0, dropped 1 (joined 1)"
    )
  }

  @Test func `what combineLatest replaces before its first combination is superseded`() throws {
    let run = try rehearse("a b c . d |", ". . . 1 . . |") { CombineLatest($0, $1) }
    run.marks.expect(marbles: ". . . c1 d1 . |")
    expectNoDifference(
      "\(try run.books(of: "combineLatest"))",
      "input 1/combineLatest: received 5, made 0, passed 2, held 0, dropped 3 (joined 1, superseded 2)"
    )
  }

  @Test func `while it waits for the first combination a value is held`() throws {
    let run = try rehearse("a . b .", ". . . .") {
      CombineLatest($0, $1)
    }
    run.marks.expect(marbles: ". . . .")
    expectNoDifference(
      "\(try run.books(of: "combineLatest"))",
      "input 1/combineLatest: received 2, made 0, passed 0, held 1, dropped 1 (superseded 1)"
    )
  }

  @Test func `what never found a partner is unmatched at the end`() throws {
    let run = try rehearse("a . b |", ". . . . |") {
      CombineLatest($0, $1)
    }
    run.marks.expect(marbles: ". . . . |")
    expectNoDifference(
      try run.books(of: "combineLatest").dropped,
      [.superseded: 1, .unmatched: 1]
    )
  }

  @Test func `at one instant each value makes a combination of its own`() throws {
    try rehearse("a . b . |", "1 . 2 . |") {
      CombineLatest($0, $1)
    }
    .marks.expect(marbles: "a1 . (b1 b2) . |")
  }

  @Test func `combineLatest of three`() throws {
    let run = try rehearse(
      [
        ". a . . . . . . . . . b . |",
        ". . . 1 . . . . . 2 . . . |",
        ". . . . . x . . . . . . . |",
      ].map { EventTimeline<String>.marbles($0) }
    ) { CombineLatest($0[0], $0[1], $0[2]) }
    run.marks.expect(marbles: ". . . . . a1x . . . a2x . b2x . |")
    expectNoDifference(
      "\(try run.books(of: "combineLatest"))",
      "input 1/combineLatest: received 5, made 0, passed 3, held 0, dropped 2 (joined 2)"
    )
  }

  @Test func `combineLatest of three gives the newest of each until the last has ended`() throws {
    let run = try rehearse(
      ["a . . . b |", "1 . |", "x . y . . . z |"].map { EventTimeline<String>.marbles($0) }
    ) { CombineLatest($0[0], $0[1], $0[2]) }
    run.marks.expect(marbles: "a1x . a1y . b1y . b1z |")
  }

  @Test func `all that never found a third is unmatched at the end`() throws {
    let inputs = [". a b |", ". . 1 |", ". . . |"].map { EventTimeline<String>.marbles($0) }
    let run = try rehearse(inputs) {
      CombineLatest($0[0], $0[1], $0[2])
    }
    run.marks.expect(marbles: ". . . |")
    expectNoDifference(
      "\(try run.books(of: "combineLatest"))",
      "input 1/combineLatest: received 3, made 0, passed 0, held 0, "
        + "dropped 3 (superseded 1, unmatched 2)"
    )
  }

  @Test func `zip pairs by place`() throws {
    let run = try rehearse(". a . b . . . . . c . . . |", ". . . . . 1 . 2 . . . 3 . |") {
      Zip($0, $1)
    }
    run.marks.expect(marbles: ". . . . . a1 . b2 . . . c3 . |")
    expectNoDifference(
      "\(try run.books(of: "zip"))",
      "input 1/zip: received 6, made 0, passed 3, held 0, dropped 3 (joined 3)"
    )
  }

  @Test func `zip ends when no pair can come any more, and drops what waits`() throws {
    let run = try rehearse("a b |", ". . 1 2 3 . . |") {
      Zip($0, $1)
    }
    run.marks.expect(marbles: ". . a1 (b2 |)")
    let other = try rehearse(". . a b c . . |", "1 2 |") {
      Zip($0, $1)
    }
    other.marks.expect(marbles: ". . a1 (b2 |)")
  }

  @Test func `zip ends at once with a stream that ends and has nothing waiting`() throws {
    let run = try rehearse("a . |", "1 . 2 3 |") {
      Zip($0, $1)
    }
    run.marks.expect(marbles: "a1 . |")
    expectNoDifference(try run.books(of: "input 2").dropped, [.noSubscriber: 2])
    let other = try rehearse("a b c", "1 . . |") {
      Zip($0, $1)
    }
    other.marks.expect(marbles: "a1 . . |")
    expectNoDifference(
      "\(try other.books(of: "zip"))",
      "input 1/zip: received 4, made 0, passed 1, held 0, dropped 3 (joined 1, unmatched 2)"
    )
  }

  @Test func `zip keeps no more than its limit, and drops the oldest`() throws {
    let run = try rehearse("a b c d . .", ". . . . 1 2") {
      Zip($0, $1, limit: 2)
    }
    run.marks.expect(marbles: ". . . . c1 d2")
    expectNoDifference(try run.books(of: "zip").dropped, [.bufferFull: 2, .joined: 2])
  }

  @Test func `zip never drops a critical alert`() {
    let bench = Bench<MarkedAlert, Pair<MarkedAlert, MarkedAlert>>(inputs: 2) {
      Zip($0[0], $0[1], limit: 2)
    }
    bench.at(second: 0) { bench.feeds[0].send(contentsOf: "cwwccc".map(MarkedAlert.init)) }
    expectNoDifference(bench.node("zip")?.held, 4)
    expectNoDifference(bench.node("zip")?.dropsByReason, [.bufferFull: 2])
  }

  @Test(arguments: [0, 1]) func `a cancel ends all inputs and leaves nothing held`(kind: Int) throws
  {
    let tests: [([Tap<Feed<String>>]) -> Tap<Erased<String>>] = [
      { Zip($0[0], $0[1]).map(to: String.self) { $0.mark }.asErased },
      { CombineLatest($0[0], $0[1]).map(to: String.self) { $0.mark }.asErased },
    ]
    let inputs = ["a . b . c |", ". . . ! . 1 |"].map { EventTimeline<String>.marbles($0) }
    let run = try rehearse(inputs, through: tests[kind])
    run.expect(marbles: ".")
    expectNoDifference(
      try ["input 1", "input 2"].map { try run.books(of: $0).droppedCount },
      [1, 1]
    )
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
