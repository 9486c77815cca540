public import OpenCombine

/// The source of a chain: events are sent into it, one at a time or in spans.
///
/// A feed belongs to one lane and is used there only; it is not `Sendable`. Its subscribers receive
/// in the order in which they subscribed: span by span, on a lane in event time event by event.
/// What is sent from within a delivery of this feed is queued behind the span, so a feed is never
/// entered twice. From within another feed's delivery, or a timer's, it is delivered at once;
/// behind a merge a step may so be called within its own call, once for each feed. An event that a
/// subscriber did not ask for is dropped for it and counted, as in an OpenCombine subject: where
/// another took it, as a copy that was made and dropped.
///
/// On a lane in event time a feed made with `instant:` sets the lane's time to each event's own.
/// Such events must come in order: one that is earlier than the one before it, or than the instant
/// that all sources have passed, is taken at that instant, so that no rule ever sees time go back,
/// and counted in ``lateCount``.
///
/// Cost: one indirect call per span; 0 allocations.
public final class Feed<Output>: FlowPublisher {
  public typealias Failure = Never

  /// What this feed took in and dropped.
  public let node: Node
  @usableFromInline let local: LaneLocal
  @exclusivity(unchecked) @usableFromInline var end: Unmanaged<FeedEnd<Output>>
  @exclusivity(unchecked) @usableFromInline var isBusy = false
  @exclusivity(unchecked) @usableFromInline var pending: [Envelope<Output>] = []
  private var ends: [FeedEnd<Output>] = []
  private var retired: [Unmanaged<FeedEnd<Output>>] = []
  private var isFinished = false
  private var isSettling = false
  /// Something is left to do after the delivery that runs.
  @exclusivity(unchecked) @usableFromInline var needsSettling = false
  private var lateBefore = 0
  @usableFromInline let offset: Int

  /// Makes a feed on a lane. Its events have the instant of their turn.
  public init(_ name: String = "feed", on lane: Lane) {
    local = lane.local
    offset = -1
    end = .passRetained(.closed)
    node = Node("feed")
    node.id = name
  }

  /// Makes a feed whose events bring their own instants, for lanes in event time. Elsewhere the
  /// instants are data and the events have the instant of their turn.
  ///
  /// - Parameters:
  ///   - name: Named in counters and pictures.
  ///   - lane: Where the feed is used.
  ///   - instant: A stored property of the event.
  public init(_ name: String = "feed", on lane: Lane, instant: KeyPath<Output, Instant>) {
    guard let offset = MemoryLayout<Output>.offset(of: instant) else {
      preconditionFailure("The instant of a feed's events must be a stored property.")
    }
    local = lane.local
    self.offset = offset
    end = .passRetained(.closed)
    node = Node("feed")
    node.id = name
  }

  deinit {
    for end in ends { end.link.onCancel = nil }
    end.release()
    for old in retired { old.release() }
  }

  @inlinable
  @inline(__always)
  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let link = Link()
    subscriber.receive(subscription: link)
    if link.isCancelled { return }
    if offset >= 0 && local.isEventTime {
      install(.makeDated(subscriber, link, local, offset))
    } else {
      install(.make(subscriber, link, local))
    }
  }

  /// Sends one event.
  @inlinable
  @inline(__always)
  public func send(_ event: Output) {
    withUnsafePointer(to: event) { send($0, 1) }
  }

  /// Sends events in order. The cheapest way: a span costs little more than one event.
  @inlinable
  @inline(__always)
  public func send(contentsOf events: [Output]) {
    events.withUnsafeBufferPointer { span in
      if let first = span.baseAddress { send(first, span.count) }
    }
  }

  /// Sends the events of a buffer in order.
  @inlinable
  @inline(__always)
  public func send(contentsOf events: UnsafeBufferPointer<Output>) {
    if let first = events.baseAddress { send(first, events.count) }
  }

  /// Ends the stream: the subscribers complete, after what was sent before. Later events are
  /// dropped and counted.
  public func finish() {
    guard !isFinished else { return }
    isFinished = true
    if isBusy { needsSettling = true } else { complete() }
  }

  @inlinable
  @inline(__always)
  func send(_ events: UnsafePointer<Output>, _ count: Int) {
    assert(local.isCurrent, "A feed is used on its own lane only.")
    if _slowPath(isBusy || local.isHandling || local.hasSample) {
      sendCarefully(events, count)
      return
    }
    local.enter()
    isBusy = true
    local.isHandling = true
    let stamp = Stamp(ingested: Instant(nanoseconds: local.now), sequence: local.sequence)
    local.sequence &+= UInt32(truncatingIfNeeded: count)
    node.receivedCount &+= count
    let taken = end._withUnsafeGuaranteedRef { $0.take(events, count, stamp) }
    node.passedCount &+= taken
    local.isHandling = false
    isBusy = false
    if _slowPath(taken != count || needsSettling) { settle(refused: count &- taken) }
    local.leave()
  }

  // MARK: Off the fast path

  /// Nested, re-entrant or traced: one event at a time, each with its own stamp.
  @usableFromInline
  @inline(never)
  func sendCarefully(_ events: UnsafePointer<Output>, _ count: Int) {
    for index in 0..<count {
      let envelope = Envelope(events[index], nextStamp())
      if isBusy {
        enqueue(envelope)
      } else {
        deliver(envelope, isNew: true)
      }
    }
  }

  private func enqueue(_ envelope: Envelope<Output>) {
    node.receivedCount &+= 1
    if isFinished {
      node.drop(.noSubscriber)
    } else {
      pending.append(envelope)
      needsSettling = true
    }
  }

  private func nextStamp() -> Stamp {
    if local.isHandling {
      var stamp = local.stamp
      stamp.sent = Instant(nanoseconds: local.now)
      return stamp
    }
    defer { local.sequence &+= 1 }
    let now = local.recorder?.preciseNow(local) ?? local.now
    return Stamp(ingested: Instant(nanoseconds: now), sequence: local.sequence)
  }

  private func deliver(_ envelope: Envelope<Output>, isNew: Bool) {
    let (outerStamp, outerNow, wasHandling) = (local.stamp, local.now, local.isHandling)
    let wasSampling = local.isSampling
    local.enter()
    isBusy = true
    local.isHandling = true
    if !wasHandling { local.isSampling = local.recorder?.samples(envelope.stamp) ?? false }
    if isNew { node.receivedCount &+= 1 }
    let taken = withUnsafePointer(to: envelope.value) { event in
      end._withUnsafeGuaranteedRef { $0.take(event, 1, envelope.stamp) }
    }
    node.passedCount &+= taken
    isBusy = false
    if taken == 0 { node.drop(ends.isEmpty ? .noSubscriber : .noDemand) }
    local.isHandling = wasHandling
    local.isSampling = wasSampling
    if wasHandling { (local.stamp, local.now) = (outerStamp, outerNow) }
    if !isSettling { settle(refused: 0) }
    local.leave()
  }

  /// After a delivery: counts what nobody took, and delivers what was sent meanwhile, in order and
  /// without recursion.
  @usableFromInline
  @inline(never)
  func settle(refused: Int) {
    node.drop(ends.isEmpty ? .noSubscriber : .noDemand, refused)
    isSettling = true
    var index = 0
    while index < pending.count {
      deliver(pending[index], isNew: false)
      index += 1
    }
    pending.removeAll(keepingCapacity: true)
    isSettling = false
    needsSettling = false
    let old = retired
    retired = []
    for end in old { end.release() }
    if isFinished { complete() }
  }

  private func complete() {
    guard !ends.isEmpty else { return }
    local.enter()
    lateBefore = lateCount
    let last = ends
    ends = []
    replaceEnd()
    for end in last where !end.link.isCancelled {
      end.link.close()
      end.finish()
    }
    local.leave()
  }

  /// How many events of a dated feed came late: with an earlier instant than the one before them,
  /// or than the instant that all sources had passed.
  public var lateCount: Int { ends.map { $0.clock?.lateCount ?? 0 }.reduce(lateBefore, Swift.max) }

  @usableFromInline
  @inline(never)
  func install(_ new: FeedEnd<Output>) {
    if isFinished {
      new.finish()
      return
    }
    new.link.onCancel = { [unowned self, unowned new] in
      lateBefore = lateCount
      ends.removeAll { $0 === new }
      replaceEnd()
    }
    ends.append(new)
    replaceEnd()
  }

  /// The running closure must outlive its loop when a subscriber cancels in flight.
  private func replaceEnd() {
    let old = end
    end = .passRetained(makeEnd())
    if isBusy {
      retired.append(old)
      needsSettling = true
    } else {
      old.release()
    }
  }

  private func makeEnd() -> FeedEnd<Output> {
    if ends.count <= 1 { return ends.first ?? .closed }
    return local.isEventTime ? .interleaved(ends, node) : .fanOut(ends, node)
  }
}
