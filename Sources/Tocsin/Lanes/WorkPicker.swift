internal import Synchronization

// How a test explores schedules: the order of ready work is not promised between lanes, so a test
// kit may choose it. Lanes stay first in, first out, as every serial executor is.

/// Chooses which of the pieces of work that may run now runs next.
package protocol WorkPicker: AnyObject, Sendable {
  /// Gives the number of the piece of work that runs next: 0 is the one that has waited longest.
  func pick(from eligible: EligibleWork) -> Int
}

/// What may run now: the oldest work of each lane, and all work that is on no lane.
package struct EligibleWork {
  let ready: [Work]
  let places: [Int]
  /// The time, in nanoseconds.
  package let now: Int64

  /// How many there are. At least one.
  package var count: Int { places.count }

  /// The number of the lane; -1 when it is on none.
  package func lane(_ index: Int) -> Int { ready[places[index]].lane?.number ?? -1 }

  /// The same for a person.
  package func words(_ index: Int) -> String { ready[places[index]].words }

  /// The runtime's job, for work that is on no lane and is a task's.
  package func job(_ index: Int) -> UnsafeRawPointer? {
    switch ready[places[index]] {
    case .job(let job, nil), .strayJob(let job): unsafeBitCast(job, to: UnsafeRawPointer.self)
    default: nil
    }
  }
}

extension Work {
  /// Where it runs; nil when it is on no lane.
  var lane: Lane? {
    switch self {
    case .job(_, let lane), .action(_, let lane): lane
    case .task(_, let lane), .wake(let lane): lane
    case .strayJob, .resume: nil
    }
  }

  var words: String {
    let place = lane.map { "lane \"\($0.name)\"" }
    return switch self {
    case .job: place.map { "a call on \($0)" } ?? "a task"
    case .strayJob: "a task that was not started by the time line"
    case .action: "a closure on \(place ?? "no lane")"
    case .task: "a delivery to \(place ?? "no lane")"
    case .wake: "a deadline of \(place ?? "no lane")"
    case .resume: "the end of a sleep"
    }
  }
}

extension Loop.State {
  /// Takes out what runs next.
  mutating func takePicked(at now: Int64) -> Work? {
    guard let picker, ready.count > 0 else { return ready.isEmpty ? nil : ready.removeFirst() }
    ran &+= 1
    eligible.removeAll(keepingCapacity: true)
    for place in ready.indices where isOldest(place) { eligible.append(place) }
    let choice = picker.pick(from: EligibleWork(ready: ready, places: eligible, now: now))
    return ready.remove(at: eligible[choice])
  }

  /// Whether nothing before it is of the same lane. Quadratic, and few are ready at a time.
  private func isOldest(_ place: Int) -> Bool {
    guard let lane = ready[place].lane else { return true }
    return !eligible.contains { ready[$0].lane === lane }
  }
}

extension Loop {
  /// Runs what is ready, one after another as it is picked. Gives how many ran.
  func runPicked(atMost limit: Int) -> Int {
    var count = 0
    while count < limit, let work = state.withLock({ $0.takePicked(at: now) }) {
      run(work)
      count += 1
    }
    return count
  }
}
