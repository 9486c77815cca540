public import OpenCombine

/// What a ``TimedRulePublisher`` is when it runs: a rule between two neighbours.
///
/// It is not nested in the publisher, because its type would then name the whole chain before it.
/// The compiler stops to specialise a function that it calls again and again for types that contain
/// those of the call before: the third operator of a chain would run unspecialised.
@usableFromInline
final class TimedRuleStage<Input, Decision: TimedRule, Downstream: Subscriber>: Subscriber
where
  Decision.Input == Envelope<Input>, Decision.Output: Carrier,
  Downstream.Input == Decision.Output.Plain, Downstream.Failure == Never
{
  @usableFromInline typealias Failure = Never

  @usableFromInline let outflow: Outflow<Downstream>
  @exclusivity(unchecked) @usableFromInline var rule: Decision
  @usableFromInline let local: LaneLocal
  @usableFromInline let node: Node
  /// The deadline that the lane knows of.
  @exclusivity(unchecked) @usableFromInline var armed = Int64.max
  @exclusivity(unchecked) @usableFromInline var lastStamp: Stamp
  /// How many inputs the rule holds: of this subscription, where the node may count for many.
  @exclusivity(unchecked) @usableFromInline var held = 0
  @exclusivity(unchecked) @usableFromInline var deadlines = -1
  @usableFromInline var lookout: Lookout<Input>?
  private var contributors = Contributors()

  @usableFromInline
  init(_ downstream: Downstream, _ rule: Decision, _ local: LaneLocal, _ node: Node) {
    outflow = Outflow(downstream, local, node)
    self.rule = rule
    self.local = local
    self.node = node
    lastStamp = local.stamp
  }

  @usableFromInline
  func begin(_ fire: @escaping (Int64) -> Int64) {
    deadlines = local.addDeadlines(fire)
    local.debtScope?.append { [unowned self] in rule.canBeForgotten }
    outflow.countsOwnHeld = true
    outflow.onCancel { [unowned self] in
      node.drop(.cancelled, held)
      stop()
    }
    rearm()
  }

  @inlinable
  func receive(subscription: any Subscription) { outflow.start(subscription) }

  @inlinable
  func receive(_ input: Input) -> Subscribers.Demand {
    node.receivedCount &+= 1
    let stamp = local.stamp
    lastStamp = stamp
    let now = local.now
    if _slowPath(now >= armed) {
      catchUp(now, stamp)
      if outflow.link.isCancelled {
        node.drop(.cancelled)
        return .none
      }
    }
    act(on: rule.receive(Envelope(input, stamp), at: Instant(nanoseconds: now)), input)
    let next = rule.nextDeadline.nanoseconds
    if next < armed { arm(next) }
    return .none
  }

  /// Takes the verdict apart once: a large one that is looked at again is copied, by calls. Whether a
  /// held value replaces another is a count, so that both are kept in one way.
  @inlinable
  @inline(__always)
  func act(on verdict: consuming Verdict<Decision.Output>, _ input: Input) {
    let replaced = verdict.replacedCount
    switch verdict {
    case .pass(let output, let reason):
      if _slowPath(local.recorder != nil) { local.note(node, reason) }
      outflow.emit(output.unpacked(orStampedAs: local.stamp).value)
    case .drop(let reason):
      node.drop(reason)
      if _slowPath(local.isSampling) { local.noteDrop(node, reason) }
    case .hold(let reason), .replace(let reason): keep(input, replaced, reason)
    }
  }

  /// Notes that the rule holds the input, in place of one that is dropped when `replaced` is 1.
  @inlinable
  @inline(__always)
  func keep(_ input: Input, _ replaced: Int, _ reason: Reason) {
    held &+= 1 &- replaced
    let turned = replaced & (reason == node.lastReason ? 0 : 1)
    if _slowPath(turned != 0) { node.turn(to: reason) }
    node.lastReasonCount &+= replaced
    if _slowPath(local.recorder != nil) { contribute(input) }
  }

  /// Does what is due before the event at hand. Only on a lane in event time, behind a feed whose
  /// events are ahead of the watermark.
  @usableFromInline
  @inline(never)
  func catchUp(_ now: Int64, _ stamp: Stamp) {
    arm(fire(now))
    local.now = now
    local.stamp = stamp
  }

  /// Does what is due, each at its own instant, and gives the next deadline.
  @inlinable
  func fire(_ now: Int64) -> Int64 {
    armed = .max
    while !outflow.link.isCancelled, let due = rule.expire(at: Instant(nanoseconds: now)) {
      emit(due)
    }
    armed = rule.nextDeadline.nanoseconds
    return armed
  }

  @inlinable
  @inline(__always)
  func emit(_ due: Due<Decision.Output>) {
    let (instant, reason, isMade) = (due.instant, due.reason, due.isMade)
    let envelope = due.output.unpacked(orStampedAs: lastStamp)
    if isMade { node.madeCount &+= 1 } else { held &-= 1 }
    local.now = instant.nanoseconds
    local.stamp = envelope.stamp
    local.stamp.sent = instant
    node.waited(instant.nanoseconds &- envelope.stamp.sent.nanoseconds)
    if _slowPath(local.recorder != nil) { note(envelope.value, reason) }
    outflow.emit(envelope.value)
  }

  @usableFromInline
  func receive(completion: Subscribers.Completion<Never>) {
    let now = Instant(nanoseconds: local.now)
    while !outflow.link.isCancelled, let due = rule.finish(at: now) { emit(due) }
    stop()
    outflow.end()
  }

  @usableFromInline
  func arm(_ deadline: Int64) {
    armed = deadline
    if deadlines >= 0 { local.arm(deadlines, at: deadline) }
  }

  private func rearm() {
    let next = rule.nextDeadline.nanoseconds
    if next < armed { arm(next) }
  }

  private func stop() {
    guard deadlines >= 0 else { return }
    local.removeDeadlines(deadlines)
    deadlines = -1
  }

  // MARK: Tracing

  @usableFromInline
  @inline(never)
  func contribute(_ input: Input) {
    contributors.add(local.stamp, key: keyOf(input))
  }

  @usableFromInline
  @inline(never)
  func note(_ output: Downstream.Input, _ reason: Reason) {
    local.note(node, reason, contributors: contributors.take(key: keyOf(output)))
  }
}

/// The key of a value that has one.
func keyOf(_ value: some Any) -> AnyHashable? {
  guard let keyed = value as? any KeyedEvent else { return nil }
  return AnyHashable(keyed.key)
}
