/// A piece of work that waits, with its place in the order of arrival.
struct WaitingWork: Sendable {
  let arrival: UInt64
  /// The number of its lane; -1 when it is on none.
  let lane: Int
  let work: Work
}

/// Work that waits to be picked, in any order between lanes and first in, first out on each.
///
/// Adding is O(1). Taking is O(1) amortised for the oldest, and moves what is older for another.
struct Backlog: Sendable {
  /// What may run, in the order of arrival; the first places have been taken already.
  private var eligible: [WaitingWork] = []
  private var taken = 0
  /// By the number of the lane.
  private var lanes: [LaneQueue] = []
  private var arrivals: UInt64 = 0

  private struct LaneQueue: Sendable {
    var isEligible = false
    /// What waits behind the oldest.
    var behind = Ring<WaitingWork>()
  }

  var isEmpty: Bool { eligible.count == taken }

  mutating func add(_ work: Work) {
    let lane = work.lane?.number ?? -1
    arrivals += 1
    let waiting = WaitingWork(arrival: arrivals, lane: lane, work: work)
    guard lane >= 0 else { return eligible.append(waiting) }
    while lanes.count <= lane { lanes.append(LaneQueue()) }
    if lanes[lane].isEligible {
      lanes[lane].behind.append(waiting)
    } else {
      lanes[lane].isEligible = true
      eligible.append(waiting)
    }
  }

  func withEligible(at now: Int64, _ choose: (EligibleWork) -> Int) -> Int {
    eligible.withUnsafeBufferPointer { all in
      choose(EligibleWork(works: UnsafeBufferPointer(rebasing: all[taken...]), now: now))
    }
  }

  /// Takes out one of those that may run, by its number; the next of its lane takes its turn.
  mutating func remove(at index: Int) -> Work {
    let chosen = eligible[taken + index]
    guard chosen.lane >= 0 else {
      close(index)
      return chosen.work
    }
    if let next = lanes[chosen.lane].behind.popFirst() {
      replace(index, by: next)
    } else {
      lanes[chosen.lane].isEligible = false
      close(index)
    }
    return chosen.work
  }

  /// Closes the gap: from the front when it is near, or else by one move of memory.
  private mutating func close(_ index: Int) {
    let place = taken + index
    guard index < 32 else {
      eligible.remove(at: place)
      return
    }
    for older in stride(from: place, to: taken, by: -1) { eligible.swapAt(older, older - 1) }
    eligible[taken] = WaitingWork(arrival: 0, lane: -1, work: .action({}, nil))
    taken += 1
    compact()
  }

  private mutating func compact() {
    if taken == eligible.count {
      eligible.removeAll(keepingCapacity: true)
      taken = 0
    } else if taken > 64 && taken * 2 > eligible.count {
      eligible.removeSubrange(0..<taken)
      taken = 0
    }
  }

  /// Puts the next of a lane where its arrival says.
  private mutating func replace(_ index: Int, by next: WaitingWork) {
    var place = taken + index
    eligible[place] = next
    while place + 1 < eligible.count, eligible[place + 1].arrival < next.arrival {
      eligible.swapAt(place, place + 1)
      place += 1
    }
  }

  /// Lets go of tasks that slept: nothing that is left runs any more.
  mutating func wakeSleepers() {
    while !isEmpty {
      if case .resume(let sleeping) = remove(at: 0) { sleeping.resume() }
    }
  }
}
