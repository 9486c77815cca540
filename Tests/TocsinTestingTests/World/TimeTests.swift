import Testing
import Tocsin
import TocsinTesting

/// Time moves as the body lets it.
@Suite struct TimeTests {
  @Test func `advancing fires every deadline at its own instant`() throws {
    let woken = Times()
    try withVirtualTime { world in
      world.spawn("ticks") {
        for _ in 0..<3 {
          try? await world.clock.sleep(for: .seconds(2))
          woken.list.append(world.elapsed)
        }
      }
      await world.advance(by: .milliseconds(1_999))
      #expect(woken.list == [])
      await world.advance(by: .milliseconds(1))
      #expect(woken.list == [.seconds(2)])
      await world.advance(by: .seconds(10))
      #expect(woken.list == [.seconds(2), .seconds(4), .seconds(6)])
      #expect(world.elapsed == .seconds(12))
    }
  }

  @Test func `several tasks let time pass at once`() throws {
    let seen = Times()
    try withVirtualTime { world in
      await withTaskGroup { group in
        for second in [5, 1, 3] {
          group.addTask {
            await world.advance(by: .seconds(second))
            seen.list.append(world.elapsed)
          }
        }
      }
      #expect(world.elapsed == .seconds(5))
    }
    #expect(seen.list == [.seconds(1), .seconds(3), .seconds(5)])
  }

  @Test func `a body that sleeps makes time jump`() throws {
    let elapsed = try withVirtualTime { world in
      try await world.clock.sleep(for: .hours(5))
      return world.elapsed
    }
    #expect(elapsed == .hours(5))
  }

  @Test func `runs to the next deadline and to the end`() throws {
    try withVirtualTime { world in
      for second in [4, 2] {
        world.spawn("sleeper") { try? await world.clock.sleep(for: .seconds(second)) }
      }
      #expect(await world.runToNextDeadline() == Instant.epoch.advanced(by: .seconds(2)))
      #expect(await world.runToEnd() == Instant.epoch.advanced(by: .seconds(4)))
      #expect(await world.runToNextDeadline() == nil)
      #expect(await world.runToEnd() == nil)
      #expect(world.elapsed == .seconds(4))
    }
  }

  @Test func `running to the end stops at its limit`() throws {
    try withVirtualTime { world in
      let beat = world.spawn("beat") {
        while (try? await world.clock.sleep(for: .minutes(7))) != nil {}
      }
      let last = await world.runToEnd(within: .hours(1))
      #expect(last == Instant.epoch.advanced(by: .minutes(56)))
      beat.cancel()
    }
  }

  @Test func `held time moves only by advance`() throws {
    try withVirtualTime { world in
      let sleeper = world.spawn("sleeper") { try? await world.clock.sleep(for: .seconds(3)) }
      await world.hold {
        await world.settle()
        #expect(world.elapsed == .zero)
        await world.advance(by: .seconds(3))
      }
      await sleeper.value
      #expect(world.elapsed == .seconds(3))
    }
  }

  @Test func `starts where it is told to`() throws {
    var options = WorldOptions()
    options.start = Instant.epoch.advanced(by: .days(20_000))
    try withVirtualTime(options) { world in
      #expect(world.now == Instant.epoch.advanced(by: .days(20_000)))
      #expect(world.elapsed == .zero)
    }
  }

  @Test func `gives what the body gives, and throws what it throws`() throws {
    struct Refused: Error {}
    #expect(try withVirtualTime { _ in 7 } == 7)
    #expect(throws: Refused.self) { try withVirtualTime { _ in throw Refused() } }
  }

  @Test(arguments: [
    (1, "1ns"), (1_500, "1.5µs"), (1_500_000, "1.5ms"), (3_000_000_000, "3s"),
    (125_000_000_000, "2m5s"), (90_061_500_000_000, "1d1h1m1.5s"),
    (999_999, "999.999µs"), (60_000_000_000, "1m"),
  ])
  func `offsets read shortly`(nanoseconds: Int, words: String) {
    let error = WorldRun { world in
      await world.advance(by: .nanoseconds(nanoseconds))
      if nanoseconds > 0 {
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      }
    }
    guard nanoseconds > 0 else { return }
    #expect(error.words.hasPrefix("At t+\(words): "))
  }
}
