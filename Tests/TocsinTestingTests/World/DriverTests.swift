import Dispatch
import Foundation
import Testing
import Tocsin
import TocsinTesting

/// One driver at a time moves a world, and it says when there are two.
@Suite struct DriverTests {
  private let twoDrivers =
    "At t+0s: Two drivers move one world. Inside a body in virtual time write `await "
    + "world.advance(…)`; the synchronous forms are for tests that are not tasks of the world, one "
    + "at a time."

  @Test func `the synchronous form inside a body`() {
    let run = WorldRun { world in try advanceSynchronously(world) }
    #expect(run.words == twoDrivers)
    #expect(run.isQuick)
  }

  @Test func `two threads`() {
    let world = VirtualWorld()
    let words = Words()
    world.lane("desk").execute {
      let isDone = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        do { try world.settle() } catch { words.text = "\(error)" }
        isDone.signal()
      }
      isDone.wait()
    }
    #expect(throws: Never.self) { try world.settle() }
    #expect(words.text == twoDrivers)
  }

  @Test func `a world that was refused can be driven afterwards`() throws {
    let world = VirtualWorld()
    world.lane("desk").execute { try? world.settle() }
    try world.advance(by: .seconds(1))
    #expect(world.elapsed == .seconds(1))
  }

  @Test func `a synchronous test drives a world itself`() throws {
    let world = VirtualWorld()
    let woken = Times()
    for second in [3, 1, 2] {
      world.spawn("sleeper \(second)") {
        try? await world.clock.sleep(for: .seconds(second))
        woken.list.append(world.elapsed)
      }
    }
    #expect(try world.runToNextDeadline() == Instant.epoch.advanced(by: .seconds(1)))
    #expect(woken.list == [.seconds(1)])
    try world.advance(by: .milliseconds(999))
    #expect(woken.list == [.seconds(1)])
    #expect(try world.runToEnd() == Instant.epoch.advanced(by: .seconds(3)))
    #expect(woken.list == [.seconds(1), .seconds(2), .seconds(3)])
    #expect(try world.runToNextDeadline() == nil)
    #expect(world.elapsed == .seconds(3))
  }

  #if os(Linux) || os(macOS)
    @Test func `an await outside the world stops with a message`() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        await VirtualWorld().advance(by: .seconds(1))
      }
      let words = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
      #expect(words.contains("`await world.advance(by:)` was called outside its world"))
    }
  #endif
}

private func advanceSynchronously(_ world: VirtualWorld) throws {
  try world.advance(by: .seconds(1))
}
