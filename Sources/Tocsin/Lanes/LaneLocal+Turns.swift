// How a turn begins and ends on a lane: the outermost end delivers what waits in edges.

extension LaneLocal {
  /// Begins a turn, or a nested part of one.
  @inlinable
  @inline(__always)
  func enter() { depth &+= 1 }

  /// Ends it; the outermost end delivers what waits in edges.
  @inlinable
  @inline(__always)
  func leave() {
    depth &-= 1
    if _slowPath(hasWork) && depth == 0 { flush() }
  }

  @inlinable
  @inline(__always)
  var hasWork: Bool { dirtyCount != 0 || waitingCount != 0 || nextDeadline <= watermark }

  /// Notes an edge that has something to deliver at the end of the turn.
  @inlinable
  @inline(__always)
  func mark(_ edge: LaneTask) {
    if _slowPath(dirtyCount == dirtyCapacity) { growDirty() }
    (dirty + dirtyCount).initialize(to: .passUnretained(edge))
    dirtyCount &+= 1
  }

  @usableFromInline
  @inline(never)
  func growDirty() {
    let more = UnsafeMutablePointer<Unmanaged<LaneTask>>.allocate(capacity: dirtyCapacity * 2)
    more.moveInitialize(from: dirty, count: dirtyCount)
    dirty.deallocate()
    dirty = more
    dirtyCapacity *= 2
  }

  /// Delivers what waits in edges, and what that brings about, until nothing waits.
  @usableFromInline
  @inline(never)
  func flush() {
    guard !isFlushing else { return }
    isFlushing = true
    depth &+= 1
    if isEventTime { flushInOrder() } else { flushDirty() }
    depth &-= 1
    isFlushing = false
  }

  /// How many edges one turn delivers. What is left is delivered by a turn that follows, so that
  /// steps which wake each other for ever starve nobody, and can be noticed.
  static var longestTurn: Int { 4_096 }

  private func flushDirty() {
    var index = 0
    while index < dirtyCount && index < Self.longestTurn {
      dirty[index]._withUnsafeGuaranteedRef { $0.run() }
      index += 1
    }
    dirtyCount -= index
    guard _slowPath(dirtyCount > 0) else { return }
    dirty.update(from: dirty + index, count: dirtyCount)
    lane.loop.continueTurn(of: lane)
  }
}
