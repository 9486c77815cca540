import OpenCombine

extension KeyedJoin {
  /// What one subscription of a keyed join remembers.
  final class State<Downstream: Subscriber>
  where Downstream.Input == Output, Downstream.Failure == Never {
    typealias Arrival = JoinArrival<First, Second>

    let outflow: Outflow<Downstream>
    let kind: JoinKind
    let bound: JoinBound
    var room = WaitingRoom<First.Key, Arrival>()
    /// How many values wait and whether the stream has ended, of each side.
    var firsts = JoinSide()
    var seconds = JoinSide()
    var armed = Int64.max
    var deadlines = -1

    init(_ outflow: Outflow<Downstream>, _ join: KeyedJoin) {
      self.outflow = outflow
      kind = join.kind
      bound = join.bound
    }

    var local: LaneLocal { outflow.local }
    var node: Node { outflow.node }

    func begin(_ fire: @escaping (Int64) -> Int64) {
      deadlines = local.addDeadlines(fire)
      outflow.countsOwnHeld = true
      outflow.onCancel { [unowned self] in
        node.drop(.cancelled, room.count)
        stop()
      }
    }

    // MARK: Values

    func take(_ key: First.Key, _ arrival: Arrival, _ core: JoinCore) {
      if local.now >= armed { catchUp() }
      guard !outflow.link.isCancelled else { return node.drop(.cancelled) }
      guard let oldest = room.oldest(of: key), oldest.isFirst != arrival.isFirst else {
        return wait(key, arrival)
      }
      _ = room.popFirst(of: key)
      count(oldest, -1)
      node.drop(.joined)
      node.waited(local.now - oldest.stamp.sent.nanoseconds)
      if local.recorder != nil { core.noteJoined([oldest.stamp]) }
      emit(arrival, oldest)
      endIfOver()
    }

    private func emit(_ one: Arrival, _ other: Arrival) {
      switch (one, other) {
      case (.first(let first), .second(let second)), (.second(let second), .first(let first)):
        outflow.emit(.both(first.value, second.value))
      case (.first, .first), (.second, .second): break
      }
    }

    private func wait(_ key: First.Key, _ arrival: Arrival) {
      if room.count(of: key) >= bound.perKey { evict(room.evictOldest(of: key, where: mayGo)) }
      if room.count >= bound.total { evict(room.evictOldest(where: mayGo)) }
      let deadline = local.now.addingSaturating(bound.within)
      room.append(arrival, for: key, until: deadline)
      count(arrival, 1)
      if deadline < armed { arm(deadline) }
    }

    private func mayGo(_ arrival: Arrival) -> Bool { !arrival.isCritical }

    private func evict(_ arrival: Arrival?) {
      guard let arrival else { return }
      count(arrival, -1)
      node.drop(.bufferFull)
    }

    func count(_ arrival: Arrival, _ step: Int) {
      if arrival.isFirst { firsts.waiting += step } else { seconds.waiting += step }
    }
  }
}

// MARK: Time

extension KeyedJoin.State {
  /// Does what is due, each at its own instant, and gives the next deadline.
  func fire(_ now: Int64) -> Int64 {
    armed = .max
    while !outflow.link.isCancelled, room.nextDeadline <= now, room.nextDeadline < .max {
      let deadline = room.nextDeadline
      if let arrival = room.popFirst() { giveUp(arrival, at: deadline) }
    }
    endIfOver()
    armed = deadlines < 0 ? .max : room.nextDeadline
    return armed
  }

  /// Does what is due before the value at hand. Only on a lane in event time.
  func catchUp() {
    let (now, stamp) = (local.now, local.stamp)
    arm(fire(now))
    (local.now, local.stamp) = (now, stamp)
  }

  private func giveUp(_ arrival: Arrival, at instant: Int64) {
    count(arrival, -1)
    guard arrival.isFirst ? kind.givesFirst : kind.givesSecond else {
      return node.drop(.unmatched)
    }
    local.now = instant
    local.stamp = arrival.stamp
    local.stamp.sent = Instant(nanoseconds: instant)
    node.waited(instant &- arrival.stamp.sent.nanoseconds)
    if local.recorder != nil { local.note(node, .unmatched) }
    outflow.emit(arrival.alone)
  }

  func arm(_ deadline: Int64) {
    armed = deadline
    if deadlines >= 0 && deadline < .max { local.arm(deadlines, at: deadline) }
  }

  func stop() {
    guard deadlines >= 0 else { return }
    local.removeDeadlines(deadlines)
    deadlines = -1
  }
}

// MARK: Ends

extension KeyedJoin.State {
  func end(isFirst: Bool) {
    if isFirst { firsts.isEnded = true } else { seconds.isEnded = true }
    endIfOver()
  }

  private var isOver: Bool {
    if firsts.isEnded && seconds.isEnded { return true }
    guard firsts.isOver || seconds.isOver else { return false }
    return (!kind.givesFirst || firsts.isOver) && (!kind.givesSecond || seconds.isOver)
  }

  func endIfOver() {
    guard isOver, deadlines >= 0, !outflow.link.isCancelled else { return }
    let now = local.now
    stop()
    while !outflow.link.isCancelled, let arrival = room.popFirst() { giveUp(arrival, at: now) }
    outflow.end()
  }
}

/// What a keyed join knows of one of its streams.
struct JoinSide {
  var waiting = 0
  var isEnded = false

  /// Whether nothing can come from here any more.
  var isOver: Bool { isEnded && waiting == 0 }
}
