import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct MarbleDrawingTests {
  @Test(arguments: [
    "", "a", "a . b |", ". . a (b c |)", "a 5m b", "^ a", "a b ^ . c", "?2 a ?", "'5m' 'a b' #",
    "a . . .", "a 10s", "a !", "20s a", "a 1.5s b",
  ])
  func `draws what it reads`(_ text: String) throws {
    #expect(try EventTimeline<String>(marbles: text).marbles() == text)
  }

  @Test func `draws names`() throws {
    let names = ["hi": 20, "lo": 5]
    let timeline = EventTimeline<Int> {
      At(.seconds(1)) {
        5
        20
      }
    }
    #expect(timeline.marbles(names) == ". (lo hi)")
    #expect(EventTimeline<Int> { At(.zero) { 6 } }.marbles(names) == nil)
  }

  @Test func `does not draw what could not be read back`() {
    let close = EventTimeline<Int> {
      At(.zero) { 1 }
      At(.milliseconds(500)) { 2 }
    }
    #expect(close.marbles() == nil)
    #expect(close.marbles(tick: .milliseconds(500)) == "1 2")
    #expect(EventTimeline<Int> { At(.seconds(-1)) { 1 } }.marbles() == nil)
    #expect(EventTimeline<Int> { Subscribe(at: .seconds(1)) }.marbles() == nil)
    #expect(EventTimeline<Int> { Fail(at: .seconds(1), "lost") }.marbles() == nil)
    #expect(EventTimeline<String> { At(.zero) { "it's" } }.marbles() == nil)
  }

  @Test func `what is drawn reads back over many timelines`() throws {
    var count = 0
    for seed in 0..<1_000 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let tick = random.pick([
        Duration.seconds(1), .milliseconds(250), .minutes(1), .nanoseconds(3),
      ])
      let timeline = random.drawable(tick: tick)
      let text = try #require(timeline.marbles(tick: tick), "seed \(seed): \(timeline)")
      let read = try EventTimeline<String>(marbles: text, tick: tick)
      expectNoDifference(read, timeline, "seed \(seed): \(text)")
      #expect(read.horizon == timeline.horizon || timeline.horizon == nil, "seed \(seed): \(text)")
      count += timeline.moments.count
    }
    #expect(count > 3_000)
  }
}

extension SeededRandom {
  /// A timeline that can be drawn at a tick.
  fileprivate mutating func drawable(tick: Duration) -> EventTimeline<String> {
    var moments: [Moment<String>] = []
    var offset = pick([Duration.zero, tick, tick * 30, .nanoseconds(7)])
    for _ in 0..<number(in: 0...6) {
      for _ in 0..<pick([1, 1, 2, 3]) { moments.append(Moment(event(), at: offset)) }
      offset +=
        tick + pick([.zero, tick, tick * 5, tick * 40, .nanoseconds(1), .milliseconds(1500)])
    }
    if pick([true, false]) {
      moments.append(Moment(pick([.end, .failure("#"), .cancel]), at: offset))
      offset += tick
    }
    if pick([true, false]) { moments = subscribed(moments) }
    let last = moments.last.map { $0.offset + tick } ?? .zero
    let rests: [Duration?] = [nil, last, last + tick, last + tick * 20, last + .nanoseconds(9)]
    return EventTimeline(moments, horizon: pick(rests))
  }

  private mutating func event() -> Moment<String>.Event {
    let names = ["a", "b", "ab", "5m", ".", "|", "a b", "(", "?2", "1.5s", "", "x5", "10"]
    return pick([.value(pick(names)), .value(pick(names)), .demand(pick([nil, 1, 12]))])
  }

  /// The same, counted from one of its offsets, at which it is subscribed.
  private mutating func subscribed(_ moments: [Moment<String>]) -> [Moment<String>] {
    guard let zero = moments.isEmpty ? nil : pick(moments).offset else { return [] }
    return [Moment(.subscribe, at: .zero)] + moments.map { Moment($0.event, at: $0.offset - zero) }
  }
}
