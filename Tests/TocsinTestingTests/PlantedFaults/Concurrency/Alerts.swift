import Tocsin
import TocsinTesting

extension PlantedFault {
  static let alerts = [
    PlantedFault("a cooldown that two monitors check at once") { world, isRight in
      let audit = Audit()
      let cooldown = CooldownBook(on: world.lane("cooldown"))
      let pager = Pager(on: world.lane("pager"), audit)
      let monitor = { @Sendable in
        if isRight {
          if await cooldown.claim() { await pager.page() }
        } else if await !cooldown.isActive {
          await pager.page()
          await cooldown.start()
        }
      }
      await both(monitor) {
        await dawdle()
        await monitor()
      }
      try invariant(audit.count("page") == 1, "the pager rang twice within a cooldown")
    },
    PlantedFault("an escalation that happens twice") { world, isRight in
      let audit = Audit()
      let pager = Pager(on: world.lane("pager"), audit)
      let incident = Incident(on: world.lane("incident"), pager)
      await both {
        await incident.escalate(marksFirst: isRight)
      } _: {
        await dawdle()
        await incident.escalate(marksFirst: isRight)
      }
      try invariant(audit.count("page") == 1, "one incident was escalated twice")
    },
    PlantedFault("an acknowledgement before the alert is persisted") { world, isRight in
      let audit = Audit()
      let disk = Disk(on: world.lane("disk"), audit)
      let inbox = Inbox(on: world.lane("inbox"), audit)
      await both {
        if isRight { await disk.persist() }
        await inbox.acknowledge()
        if !isRight { await disk.persist() }
      } _: {
        await dawdle()
        let isLost = audit.count("acknowledged") > audit.count("persisted")
        audit.note(isLost ? "crash with a loss" : "crash")
      }
      try invariant(
        audit.count("crash with a loss") == 0,
        "an alert that was acknowledged was lost in a crash"
      )
    },
  ]
}

private actor CooldownBook: LaneActor {
  nonisolated let lane: Lane
  private(set) var isActive = false

  init(on lane: Lane) { self.lane = lane }

  func start() { isActive = true }

  func claim() -> Bool {
    defer { isActive = true }
    return !isActive
  }
}

private actor Pager: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit
  init(on lane: Lane, _ audit: Audit) { (self.lane, self.audit) = (lane, audit) }
  func page() { audit.note("page") }
}

private actor Incident: LaneActor {
  nonisolated let lane: Lane
  private let pager: Pager
  private var isEscalated = false

  init(on lane: Lane, _ pager: Pager) { (self.lane, self.pager) = (lane, pager) }

  func escalate(marksFirst: Bool) async {
    guard !isEscalated else { return }
    if marksFirst { isEscalated = true }
    await pager.page()
    isEscalated = true
  }
}

private actor Disk: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit
  init(on lane: Lane, _ audit: Audit) { (self.lane, self.audit) = (lane, audit) }
  func persist() { audit.note("persisted") }
}

private actor Inbox: LaneActor {
  nonisolated let lane: Lane
  private let audit: Audit
  init(on lane: Lane, _ audit: Audit) { (self.lane, self.audit) = (lane, audit) }
  func acknowledge() { audit.note("acknowledged") }
}
