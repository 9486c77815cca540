import Testing
import Tocsin
import TocsinTesting

@Suite struct TurnLivelockTests {
  @Test func `two outlets of one lane that wake each other are a livelock`() {
    let error = #expect(throws: VirtualTimeError.self) {
      try withVirtualTime { world in
        let lane = world.lane("desk")
        let (ping, pong) = (Outlet<Int>("ping"), Outlet<Int>("pong"))
        lane.execute {
          Inlet(ping, on: lane).each { pong.send($0) }
          Inlet(pong, on: lane).each { ping.send($0) }
          ping.send(0)
        }
        await world.advance(by: .seconds(1))
      }
    }
    #expect(error?.kind == .livelock)
    #expect(error?.message.contains("lane \"desk\"") == true)
  }
}
