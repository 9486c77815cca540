import Synchronization
import Testing
import Tocsin
import TocsinTesting

@Suite struct TurnLivelockTests {
  @Test func `two outlets of one lane that wake each other are a livelock`() {
    let delivered = Deliveries()
    let error = #expect(throws: VirtualTimeError.self) {
      try withVirtualTime { world in
        let lane = world.lane("desk")
        let (ping, pong) = (Outlet<Int>("ping"), Outlet<Int>("pong"))
        lane.execute {
          Inlet(ping, on: lane).each {
            delivered.note()
            pong.send($0)
          }
          Inlet(pong, on: lane).each { ping.send($0) }
          ping.send(0)
        }
        await world.advance(by: .seconds(1))
      }
    }
    #expect(error?.kind == .livelock)
    #expect(error?.message.contains("lane \"desk\"") == true)
    // Half of the 200,000 that may run, and a turn or two to find out who it is and to give up.
    #expect((100_000..<110_000).contains(delivered.count))
  }
}

private final class Deliveries: Sendable {
  private let noted = Atomic(0)
  var count: Int { noted.load(ordering: .relaxed) }
  func note() { noted.add(1, ordering: .relaxed) }
}
