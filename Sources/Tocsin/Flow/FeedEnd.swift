public import OpenCombine

/// The erased end of a feed's chain: a loop over a span, made where the subscriber is concrete.
@usableFromInline
final class FeedEnd<Output> {
  /// Delivers a span whose first event has the stamp; gives how many were taken.
  @usableFromInline typealias Take = (UnsafePointer<Output>, Int, Stamp) -> Int

  @usableFromInline let take: Take
  @usableFromInline let finish: () -> Void
  @usableFromInline let link: Link
  @usableFromInline let clock: FeedClock?

  @inlinable
  init(
    _ link: Link,
    finish: @escaping () -> Void,
    clock: FeedClock? = nil,
    take: @escaping Take
  ) {
    self.link = link
    self.finish = finish
    self.clock = clock
    self.take = take
  }

  /// The loop for one subscriber. One compare per event covers finite demand and a cancel in
  /// flight; only what is unusual leaves the fast loop.
  @inlinable
  @inline(__always)
  static func make<S: Subscriber>(_ subscriber: S, _ link: Link, _ local: LaneLocal) -> FeedEnd
  where S.Input == Output, S.Failure == Never {
    let lookout = Tocsin.lookout(of: subscriber, Output.self)
    return FeedEnd(link, finish: { subscriber.receive(completion: .finished) }) {
      events,
      count,
      first in
      var stamp = first
      var index = 0
      var looked = lookout == nil || count == 1 ? Int.max : 0
      while index < count && _fastPath(link.demand == .max) {
        if looked &- index <= Lookout<Output>.stride { lookout?.show(events, &looked, of: count) }
        local.stamp = stamp
        _ = subscriber.receive(events[index])
        stamp.sequence &+= 1
        index &+= 1
      }
      while index < count && link.demand > 0 {
        if link.demand != .max { link.demand &-= 1 }
        local.stamp = stamp
        let more = subscriber.receive(events[index])
        if more != .none { link.add(more) }
        stamp.sequence &+= 1
        index &+= 1
      }
      return index
    }
  }

  /// The same for events that bring their own instants, on a lane in event time.
  @inlinable
  @inline(__always)
  static func makeDated<S: Subscriber>(
    _ subscriber: S,
    _ link: Link,
    _ local: LaneLocal,
    _ offset: Int
  ) -> FeedEnd where S.Input == Output, S.Failure == Never {
    let clock = FeedClock()
    let lookout = Tocsin.lookout(of: subscriber, Output.self)
    return FeedEnd(link, finish: { subscriber.receive(completion: .finished) }, clock: clock) {
      events,
      count,
      first in
      var stamp = first
      var index = 0
      var looked = lookout == nil || count == 1 ? Int.max : 0
      if local.watermark > clock.latest { clock.latest = local.watermark }
      while index < count && link.demand > 0 {
        if _slowPath(link.demand != .max) { link.demand &-= 1 }
        if looked &- index <= Lookout<Output>.stride { lookout?.show(events, &looked, of: count) }
        var instant = UnsafeRawPointer(events + index).load(fromByteOffset: offset, as: Int64.self)
        // `max` stands for "never" in deadlines and "empty" in heads.
        if _slowPath(instant == .max) { instant = .max - 1 }
        if _slowPath(instant < clock.latest) { instant = clock.late() }
        clock.latest = instant
        stamp.ingested = Instant(nanoseconds: instant)
        stamp.sent = stamp.ingested
        local.now = instant
        local.stamp = stamp
        let more = subscriber.receive(events[index])
        if _slowPath(link.demand != .max) { link.add(more) }
        stamp.sequence &+= 1
        index &+= 1
      }
      return index
    }
  }

  /// Delivers a span to several, in the order in which they subscribed. What one did not ask for and
  /// another took is counted as a copy, made and dropped; what nobody took is counted by the feed.
  static func fanOut(_ ends: [FeedEnd], _ node: Node) -> FeedEnd {
    FeedEnd(Link(), finish: {}) { events, count, first in
      var (most, refused) = (0, 0)
      for end in ends {
        let taken = end.take(events, count, first)
        most = max(most, taken)
        if !end.link.isCancelled { refused += count - taken }
      }
      if refused > count - most { node.dropCopies(refused - (count - most)) }
      return most
    }
  }

  /// Delivers to several event by event, so that the order does not depend on the span.
  static func interleaved(_ ends: [FeedEnd], _ node: Node) -> FeedEnd {
    let one = fanOut(ends, node)
    return FeedEnd(Link(), finish: {}) { events, count, first in
      var stamp = first
      var taken = 0
      for index in 0..<count {
        taken += one.take(events + index, 1, stamp)
        stamp.sequence &+= 1
      }
      return taken
    }
  }

  /// Takes nothing: no subscriber.
  static var closed: FeedEnd { FeedEnd(Link(), finish: {}) { _, _, _ in 0 } }
}

/// The newest instant that a dated feed has given, and how many events came with an earlier one.
@usableFromInline
final class FeedClock {
  @exclusivity(unchecked) @usableFromInline var latest = Int64.min
  private(set) var lateCount = 0

  @inlinable init() {}

  /// Counts an event that comes late, and gives the instant that it is taken at.
  @usableFromInline
  @inline(never)
  func late() -> Int64 {
    lateCount += 1
    return latest
  }
}
