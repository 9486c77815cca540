import Testing
import Tocsin
import TocsinTesting

@Test func worldMoves() throws {
  let seconds = try withVirtualTime { world in
    try await world.clock.sleep(for: .seconds(3))
    await world.advance(by: .seconds(2))
    return world.elapsed
  }
  #expect(seconds == .seconds(5))
}
actor Cell: LaneActor {
  nonisolated let lane: Lane
  var value = 0
  init(_ lane: Lane) { self.lane = lane }
  func add(_ other: Cell) async {
    let old = value
    await other.touch()
    value = old + 1
  }
  func touch() {}
  func read() -> Int { value }
}
@Test(.virtualTime, .schedules(50)) func traitWorks() async throws {
  let world = try #require(VirtualWorld.current)
  let a = Cell(world.lane("a"))
  await advance(by: .seconds(5))
  await a.touch()
  #expect(world.elapsed == .seconds(5))
}
@Test(.virtualTime) func traitBare() async throws {
  let world = try #require(VirtualWorld.current)
  let a = Cell(world.lane("a"))
  await Task { await a.touch() }.value
  #expect(await a.read() == 0)
}
