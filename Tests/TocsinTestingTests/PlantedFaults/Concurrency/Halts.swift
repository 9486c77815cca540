import Tocsin
import TocsinTesting

extension PlantedFault {
  static let halts = [
    PlantedFault("a check-then-act on a halt") { world, isRight in
      let audit = Audit()
      let risk = Risk(on: world.lane("risk"), audit)
      let venue = Venue(on: world.lane("venue"), audit)
      await both {
        if isRight {
          await risk.sendUnlessHalted()
        } else if await !risk.isHalted {
          await venue.accept()
        }
      } _: {
        await dawdle()
        await risk.halt()
      }
      try invariant(!audit.has("order", after: "halt"), "an order went out after the halt")
    },
    PlantedFault("a kill switch that is read once at the start") { world, isRight in
      let audit = Audit()
      let risk = Risk(on: world.lane("risk"), audit)
      let venue = Venue(on: world.lane("venue"), audit)
      await both {
        let mayTrade = await !risk.isHalted
        for _ in 0..<4 {
          if isRight { await risk.sendUnlessHalted() } else if mayTrade { await venue.accept() }
        }
      } _: {
        await dawdle(24)
        await risk.halt()
      }
      try invariant(!audit.has("order", after: "halt"), "a strategy went on after the kill switch")
    },
    PlantedFault("a reservation that leaks when its task is cancelled") { world, isRight in
      let margin = Margin(on: world.lane("margin"))
      let venue = Venue(on: world.lane("venue"), Audit())
      let order = world.spawn("order") {
        await margin.reserve(100)
        if Task.isCancelled && !isRight { return }
        if !Task.isCancelled { await venue.accept() }
        await margin.release(100)
      }
      await dawdle()
      order.cancel()
      await order.value
      try invariant(await margin.reserved == 0, "margin is reserved for an order that is gone")
    },
  ]
}

/// Knows whether trading is halted.
private actor Risk: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit
  private(set) var isHalted = false

  init(on lane: Lane, _ audit: Audit) { (self.lane, self.audit) = (lane, audit) }

  func halt() {
    isHalted = true
    audit.note("halt")
  }

  func sendUnlessHalted() { if !isHalted { audit.note("order") } }
}

/// Takes orders.
private actor Venue: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit

  init(on lane: Lane, _ audit: Audit) { (self.lane, self.audit) = (lane, audit) }

  func accept() { audit.note("order") }
}

/// Keeps margin for orders that are on their way.
private actor Margin: LaneActor {
  nonisolated let lane: Lane
  private(set) var reserved = 0

  init(on lane: Lane) { self.lane = lane }

  func reserve(_ amount: Int) { reserved += amount }
  func release(_ amount: Int) { reserved -= amount }
}
