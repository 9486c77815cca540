import Dispatch
import Foundation
import Testing
import Tocsin
import TocsinTesting

/// Work that leaves the world never passes unseen: the world stands still for want of it, or notices
/// that it comes back.
@Suite struct EscapeTests {
  /// Either it has not come back when everything else has run, or it comes from a stranger.
  private func expectSeen(_ run: WorldRun, sourceLocation: SourceLocation = #_sourceLocation) {
    let still =
      "At t+0s: Everything stands still, and the body still waits. Tasks that have not ended: the "
      + "body. No timer is pending: they wait for something that nobody in this world does. The "
      + "main actor, Dispatch queues, threads and sockets are outside of it."
    let isSeen = run.words == still || run.error?.kind == .escaped
    #expect(isSeen, "\(run.words)", sourceLocation: sourceLocation)
    #expect(run.realTime < .seconds(10), sourceLocation: sourceLocation)
  }

  @Test func `the main actor`() {
    expectSeen(WorldRun { _ in await MainActor.run {} })
  }

  @Test func `a Dispatch queue`() {
    expectSeen(
      WorldRun { _ in
        await withUnsafeContinuation { done in DispatchQueue.global().async { resumeLate(done) } }
      }
    )
  }

  @Test func `a Dispatch timer`() {
    expectSeen(
      WorldRun { _ in
        await withUnsafeContinuation { done in
          DispatchQueue.global().asyncAfter(deadline: .now() + 0.001) { done.resume() }
        }
      }
    )
  }

  @Test func `a thread`() {
    expectSeen(
      WorldRun { _ in
        await withUnsafeContinuation { done in Thread.detachNewThread { resumeLate(done) } }
      }
    )
  }

  @Test func `names the lane and the line of work from another thread`() {
    var line = 0
    let run = WorldRun { world in
      let lane = world.lane("desk")
      let isSent = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        lane.execute {}
        isSent.signal()
      }
      blockUntil(isSent)
    }
    line = #line - 5
    #expect(
      run.words == "At t+0s: Work for lane \"desk\" came from a thread outside the world (at "
        + "World/EscapeTests.swift:\(line)). Its order is luck: two runs differ. Start tasks with "
        + "`world.spawn`, replace queues and threads by lanes, and keep the main actor out of what "
        + "you test."
    )
  }

  /// The unwinder sometimes misses who called a task; then no place is told, and never a wrong one.
  private func expectSleep(
    _ run: WorldRun,
    at line: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let words = ["", " (at World/EscapeTests.swift:\(line))"].map {
      "At t+0s: Somebody slept on the machine's ContinuousClock\($0). Use the clock of the time "
        + "line: `try await world.clock.sleep(for:)`."
    }
    #expect(words.contains(run.words), sourceLocation: sourceLocation)
    #expect(run.error?.kind == .realClock, sourceLocation: sourceLocation)
  }

  @Test func `a sleep on the machine's clock, with its place`() {
    let run = WorldRun { _ in try await Task.sleep(for: .seconds(3_600)) }
    expectSleep(run, at: #line - 1)
  }

  @Test func `a sleep on a ContinuousClock, with its place`() {
    let run = WorldRun { _ in try await ContinuousClock().sleep(for: .seconds(3_600)) }
    expectSleep(run, at: #line - 1)
  }

  @Test func `a sleep in a bare task`() {
    expectSeen(WorldRun { _ in await Task { try? await Task.sleep(for: .seconds(1)) }.value })
  }
}

private func blockUntil(_ done: DispatchSemaphore) { done.wait() }

/// Resumes when the task has suspended. Before that nothing comes back into the world: the task just
/// goes on, and nobody can notice.
private func resumeLate(_ done: UnsafeContinuation<Void, Never>) {
  Thread.sleep(forTimeInterval: 0.005)
  done.resume()
}
