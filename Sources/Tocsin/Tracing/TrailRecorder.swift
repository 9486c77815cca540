internal import Logging
internal import Tracing

/// Records the steps of events while a graph is traced, and makes spans of those that led to a
/// decision. Of one lane; nil on a lane whose graph is not traced.
@usableFromInline
final class TrailRecorder {
  @exclusivity(unchecked) private var trail: Trail
  let tracer: any Tracer
  private let sampleEvery: UInt32
  private let isLive: Bool
  /// The nodes that have a number; the first stands for those beyond the limit.
  @exclusivity(unchecked) private var nodes = [Node("(other)")]
  @exclusivity(unchecked) private var contexts: [UInt32: ServiceContext] = [:]
  private var contextLimit = 4096
  /// How many running graphs of the lane use this recorder.
  var users = 0

  init(tracer: any Tracer, sampleEvery: Int, isLive: Bool, trailBits: Int = 16) {
    self.tracer = tracer
    self.sampleEvery = UInt32(clamping: max(0, sampleEvery))
    self.isLive = isLive
    trail = Trail(bits: min(max(trailBits, 0), 24))
  }

  /// The number of a node: of the graph, or of an actor beside it on the lane.
  private func number(of node: Node) -> UInt32 {
    let known = Int(node.index)
    if known > 0 && known < nodes.count && nodes[known] === node { return node.index }
    guard nodes.count < 1 << 16 else { return 0 }
    node.index = UInt32(nodes.count)
    nodes.append(node)
    return node.index
  }

  /// The time of a step: the real clock on a live lane, whose `now` is that of the turn. In event
  /// time and in virtual time `now` is exact.
  func preciseNow(_ local: LaneLocal) -> Int64 {
    isLive && !local.isEventTime ? max(local.now, local.lane.loop.now) : local.now
  }

  /// Whether some events are traced although they may lead to nothing.
  var takesSamples: Bool { sampleEvery > 0 }

  /// Whether an event belongs to the sampled share.
  func samples(_ stamp: Stamp) -> Bool {
    sampleEvery > 0 && stamp.sequence % sampleEvery == 0
  }

  /// Notes that the event at hand went on from a node, and gives its stamp with the step.
  func step(
    _ node: Node,
    _ reason: Reason,
    _ stamp: Stamp,
    at now: Int64,
    links: TrailLinks? = nil
  ) -> Stamp {
    let arrived = trail.step(stamp.trail)?.left ?? stamp.ingested.nanoseconds
    let step = TrailStep(
      previous: stamp.trail,
      node: number(of: node),
      reason: reason,
      arrived: min(arrived, now),
      left: now
    )
    var next = stamp
    next.trail = trail.add(step, links: links?.without(stamp))
    return next
  }

  /// Notes the context that an event came in with.
  func enter(_ context: ServiceContext, _ stamp: Stamp, _ node: Node) -> Stamp {
    let stamp = step(node, .arrived, stamp, at: stamp.ingested.nanoseconds)
    if contexts.count >= contextLimit { forgetContexts() }
    contexts[stamp.trail] = context
    return stamp
  }

  /// Forgets the contexts of steps that are overwritten.
  private func forgetContexts() {
    contexts = contexts.filter { trail.step($0.key) != nil }
    contextLimit = max(4096, contexts.count * 2)
  }

  /// The trace of an event up to where it is now.
  func trace(of stamp: Stamp) -> RecordedTrace {
    let (steps, isCut) = trail.path(to: stamp.trail)
    return RecordedTrace(
      ingested: stamp.ingested,
      sequence: stamp.sequence,
      parent: steps.lazy.compactMap { self.contexts[$0.serial] }.first,
      isCut: isCut,
      steps: steps.map(recorded)
    )
  }

  private func recorded(_ step: TrailStep) -> RecordedTrace.Step {
    RecordedTrace.Step(
      name: nodes[Int(step.node)].id,
      reason: step.reason,
      from: Instant(nanoseconds: step.arrived),
      to: Instant(nanoseconds: step.left),
      links: trail.links(of: step.serial)
    )
  }
}

extension LaneLocal {
  /// Notes that the event at hand passed a node.
  @usableFromInline
  @inline(never)
  func note(_ node: Node, _ reason: Reason) {
    guard let recorder else { return }
    if reason == .queued { enter(recorder) }
    stamp = recorder.step(node, reason, stamp, at: recorder.preciseNow(self))
  }

  /// An event comes into the lane. One that no lane has numbered yet gets its number here.
  private func enter(_ recorder: TrailRecorder) {
    if stamp.trail == 0 && stamp.sequence == 0 {
      stamp.sequence = sequence
      sequence &+= 1
    }
    isSampling = recorder.samples(stamp)
  }

  /// Notes that a node let go of an event, or of something it made of many.
  func note(_ node: Node, _ reason: Reason, contributors: TrailLinks?) {
    guard let recorder else { return }
    isSampling = recorder.samples(stamp)
    stamp = recorder.step(
      node,
      reason,
      stamp,
      at: max(now, recorder.preciseNow(self)),
      links: contributors
    )
  }

  /// Notes the end of a sampled event that led to nothing.
  @usableFromInline
  @inline(never)
  func noteDrop(_ node: Node, _ reason: Reason) {
    guard let recorder, recorder.samples(stamp) else { return }
    let last = recorder.step(node, reason, stamp, at: recorder.preciseNow(self))
    recorder.trace(of: last).emit(
      as: "tocsin.event",
      through: recorder.tracer,
      outcome: "dropped: \(reason)"
    )
    isSampling = false
  }
}
