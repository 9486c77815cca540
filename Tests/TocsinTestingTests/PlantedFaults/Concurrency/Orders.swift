import Tocsin
import TocsinTesting

extension PlantedFault {
  static let orders = [
    PlantedFault("a cancel that overwrites a fill") { world, isRight in
      let gateway = Gateway(on: world.lane("gateway"))
      let order = Order(on: world.lane("order"), gateway)
      await both {
        await order.cancel(checksAgain: isRight)
      } _: {
        await dawdle()
        await order.fill()
      }
      let (state, filled) = await (order.state, order.filled)
      try invariant(filled == 0 || state == .filled, "a filled order is booked as cancelled")
    },
    PlantedFault("a duplicate order on a retry after a time-out") { world, isRight in
      let audit = Audit()
      let sender = Sender(on: world.lane("sender"), audit)
      let reply = world.spawn("the reply") {
        try? await world.clock.sleep(for: .seconds(3))
        await sender.acknowledge()
      }
      let timeOut = world.spawn("the time-out") {
        try? await world.clock.sleep(for: .seconds(3))
        await sender.retryUnlessAcknowledged(withSameID: isRight)
      }
      await sender.send()
      await reply.value
      await timeOut.value
      try invariant(audit.count("new order") == 1, "the venue has two orders for one intent")
    },
    PlantedFault("a limit that two orders check at once") { world, isRight in
      let limit = Limit(on: world.lane("limit"), room: 100)
      let gateway = Gateway(on: world.lane("gateway"))
      let trade = { @Sendable in
        if isRight {
          await limit.takeIfRoom(80)
        } else if await limit.room >= 80 {
          await gateway.send()
          await limit.take(80)
        }
      }
      await both(trade) {
        await dawdle()
        await trade()
      }
      try invariant(await limit.room >= 0, "two orders together are over the limit")
    },
  ]
}

private actor Gateway: LaneActor {
  nonisolated let lane: Lane
  private(set) var sent = 0
  init(on lane: Lane) { self.lane = lane }

  /// Changes something, or else the optimiser leaves the hop out, and the bug with it.
  func send() { sent += 1 }
}

private actor Order: LaneActor {
  enum State: Sendable { case open, filled, cancelled }
  nonisolated let lane: Lane
  private let gateway: Gateway
  private(set) var state = State.open
  private(set) var filled = 0

  init(on lane: Lane, _ gateway: Gateway) { (self.lane, self.gateway) = (lane, gateway) }

  func cancel(checksAgain: Bool) async {
    guard state == .open else { return }
    await gateway.send()
    if checksAgain && state != .open { return }
    state = .cancelled
  }

  func fill() {
    guard state == .open else { return }
    state = .filled
    filled = 100
  }
}

private actor Sender: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit
  private var isAcknowledged = false

  init(on lane: Lane, _ audit: Audit) { (self.lane, self.audit) = (lane, audit) }

  func send() { audit.note("new order") }
  func acknowledge() { isAcknowledged = true }

  /// The venue knows an order that comes again by its ID.
  func retryUnlessAcknowledged(withSameID: Bool) {
    guard !isAcknowledged else { return }
    audit.note(withSameID ? "same order" : "new order")
  }
}

private actor Limit: LaneActor {
  nonisolated let lane: Lane
  private(set) var room: Int

  init(on lane: Lane, room: Int) { (self.lane, self.room) = (lane, room) }

  func take(_ amount: Int) { room -= amount }
  func takeIfRoom(_ amount: Int) { if room >= amount { room -= amount } }
}
