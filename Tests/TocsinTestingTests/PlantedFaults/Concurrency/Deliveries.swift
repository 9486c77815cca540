import OpenCombine
import Tocsin
import TocsinTesting

extension PlantedFault {
  static let deliveries = [
    PlantedFault("a delivery after the subscriber has left") { world, isRight in
      let audit = Audit()
      let hub = Hub(on: world.lane("hub"))
      let desk = Listener(on: world.lane("desk"), audit, looksFirst: isRight)
      await hub.subscribe(desk)
      await both {
        for listener in await hub.listeners { await listener.deliver() }
      } _: {
        await dawdle()
        await hub.leave()
        await desk.close()
      }
      try invariant(!audit.has("delivery", after: "closed"), "a closed desk was given an event")
    },
    PlantedFault("a subscription after the first event") { world, isRight in
      let levels = Outlet<Int>("levels")
      let monitor = LevelMonitor(on: world.lane("monitor"))
      let source = world.spawn("source") {
        await dawdle(isRight ? 0 : 12)
        if !isRight { levels.send(1) }
      }
      await monitor.subscribe(to: levels)
      if isRight { levels.send(1) }
      await source.value
      await world.settle()
      try invariant(await monitor.seen == [1], "the monitor never saw the first event")
    },
    PlantedFault("two feeds whose merged order is taken for granted") { world, isRight in
      let events = Outlet<Int>("events")
      let monitor = LevelMonitor(on: world.lane("monitor"))
      await monitor.subscribe(to: events)
      await both {
        events.send(1)
      } _: {
        await dawdle()
        events.send(2)
      }
      await world.settle()
      let seen = await monitor.seen
      let last = isRight ? seen.max() : seen.last
      try invariant(last == 2, "the last event that came is not the newest one")
    },
  ]
}

private actor Hub: LaneActor {
  nonisolated let lane: Lane
  private(set) var listeners: [Listener] = []

  init(on lane: Lane) { self.lane = lane }

  func subscribe(_ listener: Listener) { listeners.append(listener) }
  func leave() { listeners = [] }
}

private actor Listener: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit
  private let looksFirst: Bool
  private var isClosed = false

  init(on lane: Lane, _ audit: Audit, looksFirst: Bool) {
    (self.lane, self.audit, self.looksFirst) = (lane, audit, looksFirst)
  }

  func deliver() { if !looksFirst || !isClosed { audit.note("delivery") } }

  func close() {
    isClosed = true
    audit.note("closed")
  }
}

private actor LevelMonitor: LaneActor {
  nonisolated let lane: Lane
  private(set) var seen: [Int] = []
  private var bag: [AnyCancellable] = []

  init(on lane: Lane) { self.lane = lane }

  func subscribe(to levels: Outlet<Int>) {
    Inlet(levels, on: lane).sink { self.seen.append($0) }.store(in: &bag)
  }
}
