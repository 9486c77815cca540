import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct EventTimelineTests {
  @Test func `keeps moments in the order of time and of the lines`() {
    let timeline = EventTimeline<String> {
      At(.seconds(2)) {
        "c"
        "d"
      }
      Every(.seconds(1), from: .seconds(1), until: .seconds(3)) { number in "n\(number)" }
      End(at: .minutes(2))
      At(.zero) { "a" }
    }
    expectNoDifference(
      "\(timeline)",
      """
      0s  "a"
      1s  "n0"
      2s  "c"
      2s  "d"
      2s  "n1"
      2m  end
      """
    )
    expectNoDifference(timeline.values, ["a", "n0", "c", "d", "n1"])
  }

  @Test func `lines may be chosen and repeated`() {
    let isLong = true
    let timeline = EventTimeline<Int> {
      for second in 1...2 { At(.seconds(second)) { second } }
      if isLong { Ask(3, at: .seconds(4)) }
      if isLong { Cancel(at: .seconds(5)) } else { End(at: .seconds(5)) }
      Subscribe(at: .milliseconds(500))
      Fail(at: .seconds(6), "lost")
      Ask(nil, at: .seconds(7))
      EventTimeline([Moment(.value(9), at: .seconds(9))])
    }
    expectNoDifference(
      timeline.description.split(separator: "\n").map(String.init),
      [
        "500ms  subscribe", "1s     1", "2s     2", "4s     asks for 3", "5s     cancel",
        "6s     failure: lost", "7s     asks for all", "9s     9",
      ]
    )
  }

  @Test func `every is half-open and knows a period that never ends`() {
    let timeline = EventTimeline<Int> { Every(.seconds(2), until: .seconds(4)) { $0 } }
    #expect(timeline.moments.map(\.offset) == [.zero, .seconds(2)])
    let endless = EventTimeline<Int> { Every(.zero, until: .seconds(4)) { 1 } }
    #expect(
      endless.mistakes == ["Every(0s, from: 0s, until: 4s): the period must be more than zero."]
    )
  }

  @Test func `silence says where nothing happens`() {
    let timeline = EventTimeline<Int> {
      At(.seconds(1)) { 1 }
      Silence(until: .seconds(5))
      At(.seconds(5)) { 2 }
      Silence()
    }
    #expect(timeline.mistakes == [])
    #expect(timeline.horizon == .seconds(5))
  }

  @Test(arguments: [
    (
      EventTimeline<Int> {
        At(.seconds(1)) { 1 }
        Silence(until: .minutes(5))
        At(.seconds(3)) { 2 }
      },
      "Silence(until: 5m) says that nothing happens there, and At(3s) puts something at 3s."
    ),
    (
      EventTimeline<Int> {
        At(.seconds(4)) { 1 }
        Silence(until: .seconds(3))
      },
      "Silence(until: 3s) ends before 4s, where a line above it puts something."
    ),
    (
      EventTimeline<Int> {
        Silence()
        End(at: .seconds(3))
      },
      "Silence() says that nothing happens there, and End(at: 3s) puts something at 3s."
    ),
  ])
  func `silence that is broken is a mistake`(_ timeline: EventTimeline<Int>, _ words: String) {
    expectNoDifference(timeline.mistakes, [words])
  }

  @Test(arguments: [
    (Duration.zero, "0s"), (.seconds(3), "3s"), (.seconds(125), "2m5s"),
    (.microseconds(1500), "1.5ms"), (.milliseconds(-20), "-20ms"), (.nanoseconds(7), "7ns"),
    (.nanoseconds(1_050), "1.05µs"), (.seconds(3_600) + .milliseconds(250), "1h0.25s"),
    (.seconds(86_400 * 2), "2d"), (.seconds(59) + .nanoseconds(1), "59.000000001s"),
  ])
  func `offsets read well and back`(_ offset: Duration, _ text: String) {
    #expect(offset.offsetText == text)
    if offset >= .zero { #expect(Duration(offsetText: text) == offset) }
  }

  @Test(arguments: [
    "", "5", "m", "5 m", "1.5.5s", ".5s", "1.s", "0.1ns", "99999999999d", "-3s", "5x", "1.234d5",
  ])
  func `what is no offset is not read`(_ text: String) {
    #expect(Duration(offsetText: text) == nil)
  }

  @Test func `any offset reads back`() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2_000 {
      let scale = random.pick([Int64(1), 1_000, 1_000_000, 1_000_000_000, 60_000_000_000])
      let offset = Duration.nanoseconds(Int64(random.number(in: 0...99_999)) * scale)
      #expect(Duration(offsetText: offset.offsetText) == offset)
    }
  }

  @Test func `values read in one line`() {
    let signal = Signal(5, .firing, since: Instant.epoch.advanced(by: .seconds(3)))
    #expect(valueText(signal) == "Signal(value: 5, phase: .firing, since: 3s)")
    let alert = Alert("level.high", .error, subject: "AAPL", message: "20", labels: ["b": "1"])
    #expect(valueText(alert) == "error level.high(AAPL) firing \"20\" [b: 1]")
  }
}
