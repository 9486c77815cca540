/// One of the sources of a lane in event time. The lane's time is that of the slowest source.
///
/// A source that never says anything holds time back: make a source for what really gives events,
/// and ``finish()`` it when nothing more will come. Used on its lane only.
public struct EventSource {
  let local: LaneLocal
  let index: Int

  /// Notes that this source has given everything up to and including `instant`. Deadlines that all
  /// sources have passed fire, and edges deliver up to there.
  public func reached(_ instant: Instant) {
    local.reached(instant.nanoseconds, source: index)
  }

  /// Notes that nothing more will come from this source: it no longer holds time back.
  public func finish() {
    local.reached(.max, source: index)
  }
}

extension Lane {
  /// Adds a source of events to a lane in event time. Call it on the lane, before the first event.
  public func addSource() -> EventSource {
    precondition(local.isCurrent, "A source is added on its lane \"\(name)\", while building.")
    return EventSource(local: local, index: local.addSource())
  }

  /// Moves the time of a lane in event time: everything up to and including `instant` has been
  /// given. For a driver that has one ordered stream; call it before it sends what happens then.
  @inlinable
  @inline(__always)
  public func advance(to instant: Instant) {
    if _slowPath(!local.isCurrent) { refuseToAdvance() }
    local.advance(to: instant.nanoseconds)
  }

  @usableFromInline
  @inline(never)
  func refuseToAdvance() -> Never {
    preconditionFailure("Event time is moved on the lane \"\(name)\".")
  }
}
