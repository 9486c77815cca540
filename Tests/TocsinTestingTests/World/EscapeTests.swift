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
    #expect(run.error?.elapsed == .zero, sourceLocation: sourceLocation)
  }

  @Test func `the main actor`() {
    expectSeen(WorldRun { _ in await MainActor.run {} })
  }

  /// The main actor may be busy for longer than a world waits that stands still; not again and again.
  @Test func `the main actor is named when the work comes back from it`() {
    let runs = (0..<40).lazy.map { _ in WorldRun { _ in await MainActor.run {} } }
    let named = runs.first { $0.error?.kind == .escaped }
    let words = named?.words ?? "It was never seen to come back."
    #expect(words.hasPrefix("At t+0s: Work for the world came from the main actor"), "\(words)")
  }

  @Test func `a Dispatch queue`() {
    expectSeen(
      WorldRun { world in
        await withUnsafeContinuation { done in
          let suspended = suspension(in: world)
          DispatchQueue.global().async { resume(done, after: suspended) }
        }
      }
    )
  }

  @Test func `a Dispatch timer`() {
    expectSeen(
      WorldRun { world in
        await withUnsafeContinuation { done in
          let suspended = suspension(in: world)
          DispatchQueue.global().asyncAfter(deadline: .now() + 0.001) {
            resume(done, after: suspended)
          }
        }
      }
    )
  }

  @Test func `a thread`() {
    expectSeen(
      WorldRun { world in
        await withUnsafeContinuation { done in
          let suspended = suspension(in: world)
          Thread.detachNewThread { resume(done, after: suspended) }
        }
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

  private func expectSleep(
    _ run: WorldRun,
    at line: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let words =
      "At t+0s: Somebody slept on the machine's ContinuousClock (at World/EscapeTests.swift:"
      + "\(line)). Use the clock of the time line: `try await world.clock.sleep(for:)`."
    #expect(run.words == words, sourceLocation: sourceLocation)
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

/// Is signalled when the calling task has suspended: a task that is started now runs after it.
private func suspension(in world: VirtualWorld) -> DispatchSemaphore {
  let suspended = DispatchSemaphore(value: 0)
  world.spawn("after the body") { suspended.signal() }
  return suspended
}

/// Resumes when the task has suspended. Before that nothing comes back into the world: the task just
/// goes on, and nobody can notice.
private func resume(
  _ done: UnsafeContinuation<Void, Never>,
  after suspended: DispatchSemaphore
) {
  suspended.wait()
  done.resume()
}
