/// What waits at the border of a lane, under the edge's lock.
@usableFromInline
struct Mailbox<Value: Sendable> {
  @usableFromInline var queue = EnvelopeBuffer<Value>()
  @usableFromInline var received = 0
  @usableFromInline var dropped = 0
  /// What a sieve did not select.
  @usableFromInline var refused = 0
  @usableFromInline var isEnded = false
  /// Empties the mailbox, as a turn of the lane; nil once the edge is closed.
  @usableFromInline var drain: UncheckedTask?
  @usableFromInline var isScheduled = false
  @usableFromInline var isClosed = false
  private var producers: [(id: Int, waiting: UnsafeContinuation<Void, Never>)] = []
  private var nextProducer = 0
  /// Events that the lane has taken over and not delivered yet, as of the last turn.
  @usableFromInline var backlog = 0
  @usableFromInline var firstStamp: Stamp?

  /// The stamp of what is sent now. A sender on a lane hands its stamp on; a foreign thread's first
  /// event after the mailbox was empty is dated by the clock, and those behind it share the date
  /// (so a wait is never reported shorter than it was).
  @inlinable
  @inline(__always)
  mutating func stamp(from sender: Stamp?, _ lane: Lane) -> Stamp {
    if var sender {
      sender.trail = 0
      return sender
    }
    if let firstStamp { return firstStamp }
    let stamp = lane.foreignStamp()
    firstStamp = stamp
    return stamp
  }

  @inlinable
  @inline(__always)
  mutating func admit(_ value: Value, _ stamp: Stamp, _ overflow: Overflow) {
    received += 1
    guard !isClosed else {
      dropped += 1
      return
    }
    if queue.count < overflow.limit {
      queue.append(value, stamp)
    } else if queue.admitFull(value, stamp, overflow) {
      dropped += 1
    }
  }

  /// Gives true when the lane has to be told.
  @inlinable
  @inline(__always)
  mutating func schedule() -> Bool {
    if isScheduled { return false }
    isScheduled = true
    return true
  }

  /// Notes that the lane has taken the queue over.
  @inlinable
  @inline(__always)
  mutating func taken(backlog: Int) {
    (isScheduled, firstStamp) = (false, nil)
    self.backlog = backlog
  }

  mutating func note(backlog: Int) { self.backlog = backlog }

  /// Lets the producers go on after the backlog has shrunk.
  mutating func delivered(leaving backlog: Int, room: Int) -> [UnsafeContinuation<Void, Never>] {
    self.backlog = backlog
    return backlog + queue.count < room ? release() : []
  }

  /// A number for a producer, by which it can be taken back.
  mutating func announceProducer() -> Int {
    nextProducer += 1
    return nextProducer
  }

  /// Whether a producer that can wait has to; if so, keeps it.
  mutating func wait(_ producer: UnsafeContinuation<Void, Never>, id: Int, room: Int) -> Bool {
    guard !hasRoom(room) else { return false }
    producers.append((id, producer))
    return true
  }

  /// Takes a producer back that waits no longer; nil when it does not wait.
  mutating func takeProducer(_ id: Int) -> UnsafeContinuation<Void, Never>? {
    guard let index = producers.firstIndex(where: { $0.id == id }) else { return nil }
    return producers.remove(at: index).waiting
  }

  func hasRoom(_ room: Int) -> Bool { isClosed || backlog + queue.count < room }

  /// Takes nothing in any more, and gives the producers that wait.
  mutating func close() -> [UnsafeContinuation<Void, Never>] {
    isClosed = true
    return release()
  }

  mutating func release() -> [UnsafeContinuation<Void, Never>] {
    defer { producers.removeAll(keepingCapacity: true) }
    return producers.map(\.waiting)
  }
}

extension EnvelopeBuffer {
  /// Takes a value into a full buffer by its policy. Gives true when an event had to go.
  @usableFromInline
  @inline(never)
  mutating func admitFull(_ value: Value, _ stamp: Stamp, _ overflow: Overflow) -> Bool {
    switch overflow {
    case .unbounded, .suspend:
      append(value, stamp)
      return false
    case .dropNewest:
      guard Self.isCritical(value) else { return true }
      let evicted = evictOldest { !Self.isCritical($0) }
      append(value, stamp)
      return evicted != nil
    case .dropOldest:
      if evictOldest(where: { !Self.isCritical($0) }) != nil {
        append(value, stamp)
        return true
      }
      // All that waits is critical.
      guard Self.isCritical(value) else { return true }
      append(value, stamp)
      return false
    }
  }

  private static func isCritical(_ value: Value) -> Bool {
    (value as? any Alerting)?.severity == .critical
  }
}
