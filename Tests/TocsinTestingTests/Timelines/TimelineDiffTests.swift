import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct TimelineDiffTests {
  @Test func `equal timelines have no difference`() {
    let timeline = EventTimeline<Int> {
      At(.seconds(1)) { 1 }
      End(at: .seconds(2))
    }
    #expect(timelineDifference(expected: timeline, actual: timeline) == nil)
    let empty = EventTimeline<Int>([])
    #expect(timelineDifference(expected: empty, actual: empty) == nil)
  }

  @Test func `lines that differ have signs and stand in the order of time`() {
    let expected = EventTimeline<String> {
      At(.seconds(1)) { "a" }
      At(.seconds(3)) { "b" }
      At(.minutes(2)) { "c" }
      End(at: .minutes(3))
    }
    let actual = EventTimeline<String> {
      At(.seconds(1)) { "a" }
      At(.milliseconds(3_500)) { "b" }
      At(.minutes(2)) { "d" }
      End(at: .minutes(3))
    }
    expectNoDifference(
      timelineDifference(expected: expected, actual: actual),
      """
          1s    "a"
        - 3s    "b"
        + 3.5s  "b"
        - 2m    "c"
        + 2m    "d"
          3m    end
      """
    )
  }

  @Test func `long runs that are alike are cut`() {
    let long = EventTimeline<Int> { Every(.seconds(1), until: .seconds(20)) { $0 } }
    var other = long.moments
    other[10].event = .value(99)
    expectNoDifference(
      timelineDifference(expected: long, actual: EventTimeline(other)),
      """
          … 7 more
          7s   7
          8s   8
          9s   9
        - 10s  10
        + 10s  99
          11s  11
          12s  12
          13s  13
          … 6 more
      """
    )
  }

  @Test func `a long value in place of another is shown by what differs`() {
    let (old, new) = (
      EventTimeline<Signal<Int>> { At(.seconds(1)) { Signal(5, .firing, since: .epoch) } },
      EventTimeline<Signal<Int>> { At(.seconds(1)) { Signal(5, .resolved, since: .epoch) } }
    )
    expectNoDifference(
      timelineDifference(expected: old, actual: new),
      """
        - 1s  Signal(value: 5, phase: .firing, since: 0s)
        + 1s  Signal(value: 5, phase: .resolved, since: 0s)
                Signal(
                  value: 5,
              -   phase: .firing,
              +   phase: .resolved,
                  since: 0s
                )
      """
    )
  }

  @Test func `a difference tells every line that is missing and every one that is new`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let expected = random.timeline(upTo: 8)
      let actual = random.timeline(upTo: 8)
      let diff = TimelineDiff(expected.moments, actual.moments) { $0 == $1 }
      expectNoDifference(
        diff.lines.filter { $0.sign != "+" }.map { "\($0.offset.offsetText)  \($0.text)" },
        expected.moments.map(\.description)
      )
      expectNoDifference(
        diff.lines.filter { $0.sign != "-" }.map { "\($0.offset.offsetText)  \($0.text)" },
        actual.moments.map(\.description)
      )
      #expect((diff.text == nil) == (expected == actual))
    }
  }
}
