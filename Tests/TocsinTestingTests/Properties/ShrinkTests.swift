import CustomDump
import Testing
import Tocsin
import TocsinTesting

/// Failing inputs become small, and a property fails for the reason it failed for at first.
@Suite struct ShrinkTests {
  struct TooMany: Error {}
  struct Other: Error {}

  let streams = StreamGenerator(count: 100...100, around: .seconds(3)) { $0.number(in: 0...99) }
    .simplifying { $0 == 0 ? [] : [0, $0 / 2, $0 - 1] }

  @Test func `a property that holds gives no failure`() {
    #expect(Property.check(streams) { _ in } == nil)
    #expect(Property.check(streams) { _ in nil as String? } == nil)
    #expect(Property.check(streams) { _ in true } == nil)
    #expect(Property.check(seeds: 0, streams) { _ in false } == nil)
  }

  @Test func `events, gaps and values become as small as the failure allows`() throws {
    let failure = try #require(
      Property.check(streams) { events in
        let large = events.filter { $0.value >= 10 }
        guard let first = large.first, let last = large.last else { return true }
        return last.offset - first.offset < .seconds(5)
      }
    )
    expectNoDifference(failure.input, [Timed(.zero, 10), Timed(.seconds(5), 10)])
    #expect(failure.kind == .returnedFalse)
    #expect(failure.originalCount == 100)
  }

  @Test func `an error of another type is another failure`() throws {
    let failure = try #require(
      Property.check(streams) { events in
        if events.count >= 7 { throw TooMany() }
        if events.count >= 2 { throw Other() }
      }
    )
    #expect(failure.kind == .threw(type: "TooMany"))
    #expect(failure.input.count == 7)
  }

  @Test func `a text and an error are different failures`() throws {
    let failure = try #require(
      Property.check(streams) { events in
        if events.count < 4 { throw Other() }
        return "there are \(events.count)"
      }
    )
    #expect(failure.kind == .returnedText)
    #expect(failure.message == "there are 4")
  }

  @Test func `what comes in pairs is removed in pairs`() throws {
    let failure = try #require(
      Property.check(StreamGenerator(count: 10...10, around: .seconds(1)) { _ in 0 }) {
        $0.isEmpty || $0.count % 2 == 1
      }
    )
    #expect(failure.input.count == 2)
  }

  @Test func `the number of runs is bounded`() throws {
    var count = 0
    let failure = try #require(
      Property.check(streams, shrinkRuns: 20) { _ in
        count += 1
        return false
      }
    )
    #expect(failure.runs <= 20)
    #expect(count <= 22)
  }

  @Test func `a property that fails only once is not shrunk, and says so`() throws {
    var hasFailed = false
    let failure = try #require(
      Property.check(streams) { _ in
        defer { hasFailed = true }
        return hasFailed
      }
    )
    #expect(!failure.isSteady)
    #expect(failure.input.count == 100)
    #expect("\(failure)".contains("It depends on more than its input"))
  }

  @Test func `the failure says everything one needs to know`() throws {
    let failure = try #require(
      Property.check(seeds: 50, startingAt: 17, streams) { events in
        events.count > 2 ? "There are \(events.count) events.\nAt most two were wanted." : nil
      }
    )
    expectNoDifference(
      "\(failure)",
      """
      The property does not hold for seed 17: it says:
        There are 3 events.
        At most two were wanted.

      Input, shrunk from 100 events to 3 in \(failure.runs) runs:
        0s  0
        0s  0
        0s  0

      Replay with  seeds: 1, startingAt: 17
      """
    )
  }

  @Test func `an asynchronous property is shrunk just the same`() async throws {
    let failing: @Sendable ([Timed<Int>]) -> Bool = { $0.filter { $0.value > 50 }.count < 3 }
    let plain = Property.check(streams) { failing($0) }
    let slow = await Property.check(streams) { events in
      await Task.yield()
      return failing(events)
    }
    expectNoDifference(slow?.description, plain?.description)
    #expect(plain?.input.count == 3)
  }
}
