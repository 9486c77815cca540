import AsyncAlgorithms
import Testing
import Tocsin
import TocsinTesting

/// Bare tasks, and those that libraries start inside their operators, run in the world.
@Suite struct StrayTaskTests {
  @Test func `bare and detached tasks`() throws {
    try withVirtualTime { world in
      let desk = Desk(on: world.lane("desk"))
      await Task { await desk.note("bare") }.value
      await Task.detached { await desk.note("detached") }.value
      async let child: Void = desk.note("child")
      await child
      #expect(await desk.notes == ["bare", "detached", "child"])
    }
  }

  @Test func `a bare task that sleeps on the world's clock`() throws {
    try withVirtualTime { world in
      let elapsed = try await Task {
        try await world.clock.sleep(for: .seconds(9))
        return world.elapsed
      }.value
      #expect(elapsed == .seconds(9))
    }
  }

  @Test func `debounce of the async algorithms`() throws {
    try withVirtualTime { world in
      let values = ticks(world, [1, 2, 10, 11]).debounce(for: .seconds(3), clock: world.clock)
      #expect(await Array(values) == [2, 11])
    }
  }

  @Test func `merge, combineLatest, zip, chain and throttle`() throws {
    try withVirtualTime { world in
      let (odd, even) = (ticks(world, [1, 3]), ticks(world, [2, 4]))
      #expect(await Array(merge(odd, even)) == [1, 2, 3, 4])
      let pairs = zip(ticks(world, [1, 3]), ticks(world, [2, 4]))
      #expect(await Array(pairs).map { [$0.0, $0.1] } == [[1, 2], [3, 4]])
      let latest = combineLatest(ticks(world, [1, 3]), ticks(world, [2, 4]))
      #expect(await Array(latest).map { [$0.0, $0.1] } == [[1, 2], [3, 2], [3, 4]])
    }
  }

  @Test func `buffers and channels`() throws {
    try withVirtualTime { world in
      #expect(await Array(ticks(world, [1, 2, 3]).buffer(policy: .bounded(1))) == [1, 2, 3])
      let channel = AsyncChannel<Int>()
      world.spawn("sender") {
        await channel.send(5)
        channel.finish()
      }
      #expect(await Array(channel) == [5])
    }
  }

  @Test func `a timer sequence on the world's clock`() throws {
    try withVirtualTime { world in
      let beats = AsyncTimerSequence(interval: .seconds(60), clock: world.clock).prefix(3)
      #expect(await Array(beats).count == 3)
      #expect(world.elapsed == .minutes(3))
    }
  }
}

/// Gives each number at that second.
private func ticks(_ world: VirtualWorld, _ seconds: [Int]) -> AsyncStream<Int> {
  let (stream, source) = AsyncStream<Int>.makeStream()
  let start = world.now
  world.spawn("ticks") {
    for second in seconds {
      try? await world.clock.sleep(until: start.advanced(by: .seconds(second)))
      source.yield(second)
    }
    source.finish()
  }
  return stream
}
