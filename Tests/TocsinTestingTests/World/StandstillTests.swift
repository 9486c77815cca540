import Testing
import Tocsin
import TocsinTesting

/// A body that waits for what cannot come ends at once, with a message that names it.
@Suite struct StandstillTests {
  private let noTimer =
    "No timer is pending: they wait for something that nobody in this world does. The main actor, "
    + "Dispatch queues, threads and sockets are outside of it."

  private func standstill(_ offset: String, _ tasks: String, _ hint: String) -> String {
    "At t+\(offset): Everything stands still, and the body still waits. Tasks that have not ended: "
      + "\(tasks). \(hint)"
  }

  @Test func `names who waits for a continuation that nobody resumes`() {
    let run = WorldRun { world in
      world.spawn("pager") {
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      }
      try await world.clock.sleep(for: .seconds(2))
      await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
    #expect(run.words == standstill("2s", "the body, pager", noTimer))
    #expect(run.isQuick)
  }

  @Test func `ends a body that waits for an unfinished stream`() {
    let run = WorldRun { _ in
      let (stream, source) = AsyncStream<Int>.makeStream()
      source.yield(1)
      for await _ in stream {}
      withExtendedLifetime(source) {}
    }
    #expect(run.words == standstill("0s", "the body", noTimer))
    #expect(run.isQuick)
  }

  @Test func `says when the next timer is, if time is held still`() {
    let run = WorldRun { world in
      try await world.hold { try await world.clock.sleep(for: .seconds(10)) }
    }
    let hint = "The next timer is at t+10s, and time is held still: call `advance(by:)`."
    #expect(run.words == standstill("0s", "the body", hint))
    #expect(run.isQuick)
  }

  @Test func `ends a wait that is longer than any test means`() {
    let run = WorldRun { world in
      world.spawn("heartbeat") {
        while true {
          guard (try? await world.clock.sleep(for: .hours(1))) != nil else { return }
        }
      }
      await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
    #expect(
      run.words
        == "At t+7d: The body has waited for 7d of virtual time, and timers go on for ever. "
        + "Tasks that have not ended: the body, heartbeat. Wait for something that comes, or raise "
        + "`longestWait`."
    )
    #expect(run.isQuick)
  }
}
