import ReferenceGraph

/// The reference graph as one loop, the way a careful engineer writes it for speed alone: no
/// publisher, no closure, no allocation per event.
///
/// All state of a key lives in one slot of 64 bytes. The deadlines are one queue, because every
/// debounce waits equally long, and an event costs one comparison with the earliest of them.
enum HandWritten {
  /// Takes all events of `workload` through the graph and flushes what is pending.
  static func run(_ workload: Workload) -> Outcome {
    run(workload) { $0.breaches($1) }
  }

  /// The same, but each event's kind chooses a branch, as in code that is not tuned for a processor
  /// that guesses wrong about every other event.
  static func runBranching(_ workload: Workload) -> Outcome {
    run(workload) { $0.breachesByKind($1) }
  }

  @inline(__always)
  private static func run(
    _ workload: Workload,
    _ breaches: (Monitors, MarketEvent) -> Bool
  ) -> Outcome {
    let monitors = Monitors(workload.alerting)
    let slots = Slots(keys: workload.symbols * 4)
    var queue = DeadlineQueue()
    var next = Int64.max
    var outcome = Outcome()
    workload.events.withUnsafeBufferPointer { events in
      for event in events {
        while next <= event.instant { next = fire(&queue, &outcome) }
        guard breaches(monitors, event) else { continue }
        let slot = slots.slot(of: MarketAlert.key(of: event), severity: event.kind)
        let deadline = event.instant &+ Limits.debounce
        slot.pointee.value = event.value
        slot.pointee.armed = queue.append(deadline, slot)
        if next == .max { next = deadline }
      }
    }
    while next != .max { next = fire(&queue, &outcome) }
    monitors.deallocate()
    slots.deallocate()
    queue.deallocate()
    return outcome
  }

  /// Takes the earliest deadline from the queue, lets its key's alert go on unless a later event
  /// armed the key again, and gives the deadline after it.
  @inline(__always)
  private static func fire(
    _ queue: inout DeadlineQueue,
    _ outcome: inout Outcome
  ) -> Int64 {
    let position = queue.head
    let (deadline, slot) = queue.removeFirst()
    if slot.pointee.armed == position { pass(&slot.pointee, deadline, &outcome) }
    return queue.nextDeadline
  }

  /// Cooldown, escalation and route of one alert at `now`.
  @inline(__always)
  private static func pass(_ slot: inout Slot, _ now: Int64, _ outcome: inout Outcome) {
    slot.armed = -1
    if now &- slot.passed < Limits.cooldown && slot.severity <= slot.passedSeverity {
      slot.held &+= 1
      return
    }
    let occurrences = slot.held &+ 1
    slot.held = 0
    slot.passed = now
    slot.passedSeverity = slot.severity
    let third = slot.count(occurrences, at: now)
    let isCritical = third > now &- Limits.escalationWindow
    let alert = MarketAlert(
      value: slot.value,
      occurrences: occurrences,
      key: slot.key &- 1,
      severity: isCritical ? Limits.critical : slot.severity
    )
    outcome.deliver(alert, at: now)
  }
}
