public import CTocsin
public import Synchronization

/// One edge: from an outlet into one subscriber on one lane.
///
/// A sender on the consumer's lane writes into a buffer of the lane, without a lock; it is delivered
/// at the end of the turn, so a sender is never re-entered. A sender elsewhere writes into a mailbox
/// under a lock; the lane empties it in a turn of its own.
///
/// Unchecked because the buffer, the demand and the counters belong to the consumer's lane (checked
/// by comparing the thread's lane), and everything that other threads touch is in the mutex.
@usableFromInline
final class Edge<Value: Sendable>: @unchecked Sendable {
  @usableFromInline let lane: Lane
  @usableFromInline let local: LaneLocal
  @usableFromInline let key: UnsafeMutableRawPointer
  @usableFromInline let overflow: Overflow
  @usableFromInline let limit: Int
  @usableFromInline let node: Node
  @usableFromInline let link: Link

  // Of the consumer's lane.
  @exclusivity(unchecked) @usableFromInline var buffer = EnvelopeBuffer<Value>()
  @exclusivity(unchecked) @usableFromInline var isMarked = false
  @exclusivity(unchecked) @usableFromInline var rank = -1
  /// The newest instant that has come in, in event time.
  @exclusivity(unchecked) @usableFromInline var newest = Int64.min
  /// Producers may wait, or the outlet has ended.
  @exclusivity(unchecked) @usableFromInline var needsCare = false
  /// Delivers what is in the buffer; made where the subscriber is concrete.
  @exclusivity(unchecked) @usableFromInline var deliver: LaneTask?
  /// Shows the subscriber what comes soon; nil when it does not want to know.
  @exclusivity(unchecked) @usableFromInline var lookout: Lookout<Value>?
  /// How many of those in the buffer it has been shown.
  @exclusivity(unchecked) @usableFromInline var looked = 0
  private var finish: (() -> Void)?
  private var isFinished = false

  // Of any thread.
  @usableFromInline let mailbox = Mutex(Mailbox<Value>())
  /// 1 while the mailbox holds something: the lane's own senders must queue behind it.
  @usableFromInline let crossing = Crossing()

  @usableFromInline
  init(on lane: Lane, _ overflow: Overflow, _ node: Node, _ link: Link) {
    self.lane = lane
    self.local = lane.local
    self.overflow = overflow
    self.node = node
    self.link = link
    key = Unmanaged.passUnretained(lane.local).toOpaque()
    limit = overflow.limit
    needsCare = overflow.room != .max
  }

  deinit {
    buffer.destroy()
    mailbox.withLock { $0.queue.destroy() }
  }

  // MARK: Sending

  @inlinable
  @inline(__always)
  func offer(_ values: UnsafePointer<Value>, _ count: Int) {
    if _fastPath(tocsin_lane_get() == key && crossing.isEmpty) {
      append(values, count)
    } else {
      post(values, count)
    }
  }

  @inlinable
  @inline(__always)
  func append(_ values: UnsafePointer<Value>, _ count: Int) {
    let stamp = local.stampToSend()
    node.receivedCount &+= count
    if _slowPath(buffer.count &+ count > limit) {
      for index in 0..<count { admit(values[index], stamp) }
    } else {
      for index in 0..<count { buffer.append(values[index], stamp) }
    }
    if local.isEventTime {
      let sent = stamp.sent.nanoseconds
      if _slowPath(sent < newest) { sortIn(sent) } else { newest = sent }
    }
    if !isMarked { mark() }
  }

  /// Sources that are at different instants may share an outlet.
  @usableFromInline
  @inline(never)
  func sortIn(_ sent: Int64) {
    buffer.sortNewest(sent: sent)
    if isMarked && !buffer.isEmpty && rank >= 0 {
      local.setHead(buffer.first.pointee.stamp.sent.nanoseconds, of: rank)
    }
  }

  /// Notes on the lane that there is something to deliver.
  @inlinable
  @inline(__always)
  func mark() {
    guard !buffer.isEmpty, let deliver else { return }
    isMarked = true
    if local.isEventTime {
      local.setHead(buffer.first.pointee.stamp.sent.nanoseconds, of: rank)
    } else {
      local.mark(deliver)
    }
  }

  /// Takes a value in when the buffer is full.
  @usableFromInline
  @inline(never)
  func admit(_ value: Value, _ stamp: Stamp) {
    guard buffer.count >= limit else {
      buffer.append(value, stamp)
      return
    }
    let isDropped = buffer.admitFull(value, stamp, overflow)
    if isDropped { node.drop(.bufferFull) }
  }

  // MARK: The life of the edge

  @usableFromInline
  func install(
    deliver: LaneTask,
    drain: LaneTask,
    finish: @escaping () -> Void,
    detach: @escaping () -> Void
  ) {
    self.deliver = deliver
    self.finish = finish
    let drain = UncheckedTask(task: drain)
    mailbox.withLock { $0.drain = drain }
    if local.isEventTime { rank = local.addEdge(deliver) }
    link.onDemand = { [unowned self] in resume() }
    link.onCancel = { [unowned self] in
      detach()
      close()
    }
  }

  /// The subscriber has asked for more.
  private func resume() {
    if !isMarked && local.isCurrent && local.depth > 0 {
      mark()
    } else if let drain = mailbox.withLock(\.drain) {
      lane.execute(drain.task)
    }
  }

  /// Takes the edge out: what waits is dropped and counted, producers go on. What may be running
  /// just now is kept until the end of the turn.
  private func close() {
    var posted = EnvelopeBuffer<Value>(capacity: 1)
    // The closures are released outside the lock.
    let (producers, drain) = mailbox.withLock { mailbox in
      collect(&mailbox)
      posted.takeAll(of: &mailbox.queue)
      return (mailbox.close(), mailbox.drain.take())
    }
    withExtendedLifetime(drain) {}
    node.drop(.cancelled, buffer.count + posted.count)
    var old = EnvelopeBuffer<Value>(capacity: 1)
    swap(&old, &buffer)
    old.destroy()
    posted.destroy()
    if rank >= 0 { local.removeEdge(rank) }
    rank = -1
    isMarked = false
    local.retired.append(self)
    if let deliver { local.retired.append(deliver) }
    (deliver, finish, lookout) = (nil, nil, nil)
    for producer in producers { producer.resume() }
  }

  /// The outlet has ended: completes once everything is delivered.
  @usableFromInline
  func end() {
    let drain = mailbox.withLock { mailbox in
      mailbox.isEnded = true
      return mailbox.drain
    }
    if let drain { lane.execute(drain.task) }
  }

  /// Waits until there is room, for producers that can. Gives at once when there is, or when the
  /// task is cancelled.
  @usableFromInline
  func waitForRoom() async {
    let room = overflow.room
    guard room != .max, let id = announceProducer(room) else { return }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { producer in
        if !mailbox.withLock({ $0.wait(producer, id: id, room: room) }) { producer.resume() }
        if Task.isCancelled { stopWaiting(id) }
      }
    } onCancel: {
      stopWaiting(id)
    }
  }

  /// Gives a number for a producer that has to wait; nil when there is room. On the lane itself
  /// nothing has gone through the mailbox: what waits is in the buffer.
  private func announceProducer(_ room: Int) -> Int? {
    let waiting = local.isCurrent ? buffer.count : nil
    return mailbox.withLock { mailbox in
      if let waiting { mailbox.note(backlog: waiting) }
      return mailbox.hasRoom(room) ? nil : mailbox.announceProducer()
    }
  }

  private func stopWaiting(_ id: Int) {
    mailbox.withLock { $0.takeProducer(id) }?.resume()
  }

  // MARK: Other threads

  @inlinable
  @inline(never)
  func post(_ values: UnsafePointer<Value>, _ count: Int) {
    // The clock of another lane says nothing about event time.
    let isOutside = lane.isEventTime && tocsin_lane_get() != key
    let sender = isOutside ? nil : LaneLocal.stampOfSender
    let drain = mailbox.withLock { mailbox -> UncheckedTask? in
      let stamp = mailbox.stamp(from: sender, lane)
      for index in 0..<count { mailbox.admit(values[index], stamp, overflow) }
      crossing.isEmpty = false
      return mailbox.schedule() ? mailbox.drain : nil
    }
    if let drain { lane.execute(drain.task) }
  }

  /// Takes over what other threads have sent, and delivers it. Runs as a turn of the lane.
  @inlinable
  func emptyMailbox() {
    let waiting = buffer.count
    mailbox.withLock { mailbox in
      needsCare = needsCare || mailbox.isEnded
      collect(&mailbox)
      buffer.takeAll(of: &mailbox.queue)
      mailbox.taken(backlog: buffer.count)
      crossing.isEmpty = true
    }
    if local.isEventTime { date(buffer.count &- waiting) }
    if _slowPath(buffer.count > limit) { shrink() }
    if local.isEventTime { mark() } else { deliver?.run() }
    if _slowPath(needsCare) { afterDelivery() }
  }

  /// In event time: dates the newest events, which have just been taken over, and brings them to
  /// their places among those that wait. What came from outside has no instant of its own; what the
  /// lane itself sent by this way keeps its own, unless time has passed it.
  @usableFromInline
  @inline(never)
  func date(_ count: Int) {
    guard count > 0 else { return }
    buffer.dateNewest(count, notBefore: Instant(nanoseconds: local.takeoverInstant))
    newest = max(newest, buffer.last.pointee.stamp.sent.nanoseconds)
  }

  /// Takes over what the mailbox has counted.
  @inlinable
  @inline(__always)
  func collect(_ mailbox: inout Mailbox<Value>) {
    node.receivedCount &+= mailbox.received &+ mailbox.refused
    node.drop(.filtered, mailbox.refused)
    node.drop(mailbox.isClosed ? .cancelled : .bufferFull, mailbox.dropped)
    (mailbox.received, mailbox.dropped, mailbox.refused) = (0, 0, 0)
  }

  /// Lets producers go on, and completes when the outlet has ended and nothing is left.
  @usableFromInline
  @inline(never)
  func afterDelivery() {
    let (isEnded, waiting) = mailbox.withLock { mailbox in
      (mailbox.isEnded, mailbox.delivered(leaving: buffer.count, room: overflow.room))
    }
    for producer in waiting { producer.resume() }
    if isEnded && buffer.isEmpty && !isFinished && !link.isCancelled {
      isFinished = true
      let finish = self.finish
      link.close()
      close()
      finish?()
    }
  }

  @usableFromInline
  @inline(never)
  func shrink() {
    var rest = EnvelopeBuffer<Value>()
    swap(&rest, &buffer)
    while !rest.isEmpty {
      let next = rest.popFirst()
      admit(next.value, next.stamp)
    }
    rest.destroy()
  }
}
