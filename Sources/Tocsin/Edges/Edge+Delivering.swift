public import OpenCombine

extension Edge {
  /// Makes a subscriber the end of this edge; false when it has cancelled already.
  @inlinable
  @inline(__always)
  func serve<S: Subscriber>(_ subscriber: S, detach: @escaping () -> Void) -> Bool
  where S.Input == Value, S.Failure == Never {
    subscriber.receive(subscription: link)
    if link.isCancelled { return false }
    lookout = Tocsin.lookout(of: subscriber, Value.self)
    // The edge keeps the task, so the task must not keep the edge, and needs not count it.
    let kept = Unmanaged.passUnretained(self)
    install(
      deliver: LaneTask { kept._withUnsafeGuaranteedRef { $0.run(subscriber) } },
      drain: LaneTask { [self] in emptyMailbox() },
      finish: { subscriber.receive(completion: .finished) },
      detach: detach
    )
    return true
  }

  /// Delivers what waits. Inlined where the subscriber is concrete.
  @inlinable
  @inline(__always)
  func run<S: Subscriber>(_ subscriber: S) where S.Input == Value, S.Failure == Never {
    if local.isEventTime { runInOrder(subscriber) } else { runTurn(subscriber) }
    if _slowPath(needsCare) { afterDelivery() }
  }

  @inlinable
  @inline(__always)
  func runTurn<S: Subscriber>(_ subscriber: S) where S.Input == Value, S.Failure == Never {
    isMarked = true
    let wasHandling = local.isHandling
    local.isHandling = true
    var quota = Swift.min(buffer.count, 256)
    while quota > 0 && link.demand > 0 {
      lookAhead()
      if _slowPath(link.demand != .max) { link.demand &-= 1 }
      let envelope = buffer.popFirst()
      if _slowPath(envelope.stamp.sent.nanoseconds != local.now) { waited(envelope.stamp) }
      local.stamp = envelope.stamp
      if _slowPath(local.recorder != nil) { local.note(node, .queued) }
      node.passedCount &+= 1
      let more = subscriber.receive(envelope.value)
      if _slowPath(link.demand != .max) { link.add(more) }
      quota &-= 1
    }
    local.isHandling = wasHandling
    isMarked = false
    if _slowPath(!buffer.isEmpty && link.demand > 0) { mark() }
  }

  /// In event time: only as far as no other edge comes first. Timers that do act in between.
  @inlinable
  @inline(__always)
  func runInOrder<S: Subscriber>(_ subscriber: S) where S.Input == Value, S.Failure == Never {
    isMarked = true
    let wasHandling = local.isHandling
    local.isHandling = true
    while !buffer.isEmpty && link.demand > 0 {
      let sent = buffer.first.pointee.stamp.sent.nanoseconds
      if sent > local.runLimit {
        if sent > local.edgeLimit { break }
        local.fireWithinRun(upTo: sent)
        continue
      }
      lookAhead()
      if _slowPath(link.demand != .max) { link.demand &-= 1 }
      let envelope = buffer.popFirst()
      local.now = sent
      local.stamp = envelope.stamp
      if _slowPath(local.recorder != nil) { local.note(node, .queued) }
      node.passedCount &+= 1
      let more = subscriber.receive(envelope.value)
      if _slowPath(link.demand != .max) { link.add(more) }
    }
    local.isHandling = wasHandling
    isMarked = !buffer.isEmpty && link.demand > 0
    if rank >= 0 {
      local.setHead(isMarked ? buffer.first.pointee.stamp.sent.nanoseconds : .max, of: rank)
    }
  }

  /// Shows the subscriber what comes after the value at hand, unless it is alone.
  @inlinable
  @inline(__always)
  func lookAhead() {
    if _slowPath(looked <= Lookout<Value>.stride && buffer.count > Swift.max(looked, 1)) {
      lookFurther()
    }
    looked = Swift.max(looked &- 1, 0)
  }

  @inlinable
  @inline(never)
  func lookFurther() {
    guard let lookout else {
      looked = .max
      return
    }
    let glimpse = Glimpse(after: looked, of: buffer.count)
    lookout.showEnveloped(buffer.first, glimpse)
    looked = glimpse.near.upperBound
  }

  @usableFromInline
  @inline(never)
  func waited(_ stamp: Stamp) {
    node.waited(local.now - stamp.sent.nanoseconds)
  }
}
