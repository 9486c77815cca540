public import OpenCombine

/// The end of an operator that emits on its own: joins, and rules with deadlines.
///
/// It asks upstream for everything and honours its own demand downstream: what nobody asked for yet
/// is kept, in order, and counted as held. Completion waits until all of it is delivered.
@usableFromInline
final class Outflow<Downstream: Subscriber> where Downstream.Failure == Never {
  @usableFromInline let downstream: Downstream
  @usableFromInline let link = Link()
  @usableFromInline let local: LaneLocal
  @usableFromInline let node: Node
  @exclusivity(unchecked) @usableFromInline var kept = Ring<Envelope<Downstream.Input>>()
  @exclusivity(unchecked) @usableFromInline var isDraining = false
  private var upstreams: [any Subscription] = []
  private var isEnded = false
  /// True when the operator itself counts what its rule holds as cancelled, because the keys of a
  /// keyed chain share their nodes.
  @usableFromInline var countsOwnHeld = false
  private var onCancel: (() -> Void)?

  @usableFromInline
  init(_ downstream: Downstream, _ local: LaneLocal, _ node: Node) {
    self.downstream = downstream
    self.local = local
    self.node = node
    link.onDemand = { [unowned self] in drain() }
    link.onCancel = { [unowned self] in cancelled() }
  }

  /// A subscriber may hold its subscription longer than the sources hold this chain.
  deinit {
    link.onDemand = nil
    link.onCancel = nil
  }

  /// Takes a subscription upstream and asks it for everything.
  @usableFromInline
  func start(_ upstream: any Subscription) {
    if link.isCancelled {
      upstream.cancel()
      return
    }
    upstreams.append(upstream)
    upstream.request(.unlimited)
  }

  /// What else is to be done when the subscriber cancels.
  @usableFromInline
  func onCancel(_ action: @escaping () -> Void) { onCancel = action }

  /// Sends the value with the lane's stamp and time.
  @inlinable
  @inline(__always)
  func emit(_ value: Downstream.Input) {
    if _fastPath(link.demand == .max && !isDraining) {
      node.passedCount &+= 1
      _ = downstream.receive(value)
    } else {
      keep(value)
    }
  }

  @usableFromInline
  @inline(never)
  func keep(_ value: Downstream.Input) {
    if link.isCancelled {
      node.drop(.cancelled)
      return
    }
    kept.append(Envelope(value, local.stamp))
    drain()
  }

  @usableFromInline
  @inline(never)
  func drain() {
    guard !isDraining else { return }
    isDraining = true
    let outer = local.stamp
    while link.demand > 0, let next = kept.popFirst() {
      if link.demand != .max { link.demand -= 1 }
      local.stamp = next.stamp
      node.passedCount &+= 1
      link.add(downstream.receive(next.value))
    }
    local.stamp = outer
    isDraining = false
    if isEnded && kept.isEmpty { complete() }
  }

  /// Completes, once everything kept is delivered. Inputs that have not ended are cancelled.
  @usableFromInline
  func end() {
    guard !isEnded, !link.isCancelled else { return }
    isEnded = true
    let rest = upstreams
    upstreams = []
    onCancel = nil
    for upstream in rest { upstream.cancel() }
    if kept.isEmpty && !isDraining { complete() } else { stayForSubscriber() }
  }

  private func complete() {
    guard !link.isCancelled else { return }
    link.close()
    downstream.receive(completion: .finished)
  }

  /// The sources let go of this chain when they end; what is kept has to outlive them.
  private func stayForSubscriber() {
    link.onDemand = { [self] in drain() }
    link.onCancel = { [self] in cancelled() }
  }

  /// The operator is told before its sources let go of it.
  private func cancelled() {
    let (rest, action) = (upstreams, onCancel)
    upstreams = []
    onCancel = nil
    node.drop(.cancelled, countsOwnHeld ? kept.count : node.held)
    kept = Ring()
    action?()
    for upstream in rest { upstream.cancel() }
  }
}
