public import CTocsin

/// Something that a lane runs later, at the end of a turn or as a turn of its own.
///
/// The body is a closure made where the element type is concrete, because a method of a generic
/// class that is called through the class runs unspecialised.
public final class LaneTask {
  @usableFromInline let run: () -> Void
  @inlinable init(_ run: @escaping () -> Void) { self.run = run }
}

/// The state of one lane, touched only by code that runs on the lane.
///
/// It is separate from ``Lane`` (which is `Sendable`) so that the hot path reads plain fields: the
/// turn, the time, the stamp of the event at hand, the edges that wait. Every access happens within
/// the lane's serial execution; `@exclusivity(unchecked)` saves a dynamic check that costs more
/// than the work it guards.
public final class LaneLocal {
  /// Nesting of turns; 0 between turns.
  @exclusivity(unchecked) @usableFromInline var depth = 0
  /// True while an event is delivered: what is sent then inherits its stamp.
  @exclusivity(unchecked) @usableFromInline var isHandling = false
  @exclusivity(unchecked) @usableFromInline var isFlushing = false
  /// Edges with something to deliver at the end of the turn, on a lane that follows its time line.
  /// Not counted: an edge that is closed keeps its task until the end of the turn.
  @exclusivity(unchecked) @usableFromInline var dirty: UnsafeMutablePointer<Unmanaged<LaneTask>>
  @exclusivity(unchecked) @usableFromInline var dirtyCount = 0
  @exclusivity(unchecked) @usableFromInline var dirtyCapacity = 64

  /// What was cancelled in this turn and may still be running, until the turn's end.
  @exclusivity(unchecked) var retired: [AnyObject] = []

  /// The time of the lane, in nanoseconds.
  @exclusivity(unchecked) @usableFromInline var now: Int64
  /// The stamp of the event at hand.
  @exclusivity(unchecked) @usableFromInline var stamp: Stamp
  @exclusivity(unchecked) @usableFromInline var sequence: UInt32 = 0

  /// The earliest deadline on this lane.
  @exclusivity(unchecked) @usableFromInline var nextDeadline = Int64.max
  @exclusivity(unchecked) var deadlines = DeadlineBook()
  /// The deadline that the loop knows of.
  @exclusivity(unchecked) var registeredDeadline = Int64.max

  /// Event time: instants come with the events, and time moves by watermark.
  @exclusivity(unchecked) @usableFromInline var isEventTime = false
  /// The newest instant up to which every source has given all it has.
  @exclusivity(unchecked) @usableFromInline var watermark = Int64.min
  /// How far the current run of an edge may go before another edge or a timer comes first.
  @exclusivity(unchecked) @usableFromInline var runLimit = Int64.max
  /// How far it may go when it lets the timers act that come first; never below `runLimit`.
  @exclusivity(unchecked) @usableFromInline var edgeLimit = Int64.max
  /// The instant at the head of every edge into this lane, by rank; `max` when it is empty.
  @exclusivity(unchecked) @usableFromInline var heads: UnsafeMutablePointer<Int64>
  /// A bit for every edge that is not empty, so that the others are not looked at.
  @exclusivity(unchecked) @usableFromInline var waiting: UnsafeMutablePointer<UInt64>
  /// What delivers each of them.
  @exclusivity(unchecked) var deliveries: UnsafeMutablePointer<Unmanaged<LaneTask>?>
  @exclusivity(unchecked) var edgeCount = 0
  @exclusivity(unchecked) var edgeCapacity = 16
  @exclusivity(unchecked) @usableFromInline var waitingCount = 0
  @exclusivity(unchecked) var marks: [Int64] = []

  /// Records the steps of events while the graph on this lane is traced.
  @exclusivity(unchecked) @usableFromInline var recorder: TrailRecorder?
  /// True when some events are traced although they may lead to nothing.
  @exclusivity(unchecked) @usableFromInline var hasSample = false
  /// True while a sampled event passes.
  @exclusivity(unchecked) @usableFromInline var isSampling = false
  /// The graph under construction, while its build closure runs.
  @exclusivity(unchecked) var blueprint: Blueprint?
  /// The shared nodes of a keyed chain, while one is built.
  @exclusivity(unchecked) var tape: NodeTape?
  /// The deadlines of a keyed chain, while one is built.
  @exclusivity(unchecked) var deadlineScope: [Int]?
  /// Whether its rules may be forgotten.
  @exclusivity(unchecked) var debtScope: [() -> Bool]?

  unowned(unsafe) var lane: Lane!

  init(now: Int64) {
    self.now = now
    stamp = Stamp(ingested: Instant(nanoseconds: now), sequence: 0)
    heads = .allocate(capacity: 16)
    heads.initialize(repeating: .max, count: 16)
    waiting = .allocate(capacity: 1)
    waiting.initialize(to: 0)
    deliveries = .allocate(capacity: 16)
    deliveries.initialize(repeating: nil, count: 16)
    dirty = .allocate(capacity: 64)
  }

  deinit {
    dirty.deallocate()
    for rank in 0..<edgeCount { deliveries[rank]?.release() }
    deliveries.deallocate()
    waiting.deallocate()
    heads.deallocate()
  }

  /// The lane that runs on this thread, if one does.
  @inlinable
  @inline(__always)
  static var current: LaneLocal? {
    tocsin_lane_get().map { Unmanaged<LaneLocal>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The time of the lane, for code that already runs on it.
  @inlinable
  @inline(__always)
  public var instant: Instant { Instant(nanoseconds: now) }

  /// True when the caller runs on this lane.
  @inlinable
  @inline(__always)
  var isCurrent: Bool { tocsin_lane_get() == Unmanaged.passUnretained(self).toOpaque() }
}

// MARK: - Stamps

extension LaneLocal {
  /// The stamp of what is sent now: that of the event at hand, or, outside a delivery, a new one.
  @inlinable
  @inline(__always)
  func stampToSend() -> Stamp {
    guard _fastPath(isHandling) else { return newStamp() }
    var stamp = self.stamp
    stamp.sent = Instant(nanoseconds: now)
    return stamp
  }

  /// The stamp of what the lane on this thread sends now; nil on a thread that runs no lane.
  @inlinable
  @inline(__always)
  static var stampOfSender: Stamp? {
    guard let lane = tocsin_lane_get() else { return nil }
    return Unmanaged<LaneLocal>.fromOpaque(lane)._withUnsafeGuaranteedRef { $0.stampToSend() }
  }

  @usableFromInline
  @inline(never)
  func newStamp() -> Stamp {
    sequence &+= 1
    return Stamp(ingested: Instant(nanoseconds: now), sequence: sequence)
  }
}
