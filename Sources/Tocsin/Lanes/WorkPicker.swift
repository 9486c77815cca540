internal import Synchronization

// How a test explores schedules: the order of ready work is not promised between lanes, so a test
// kit may choose it. Lanes stay first in, first out, as every serial executor is.

/// Takes what runs next out of what is ready; nil when there is nothing.
protocol WorkPicker: AnyObject, Sendable {
  func take(from ready: inout [Work], at now: Int64) -> Work?
}

/// Chooses which of the pieces of work that may run now runs next.
package protocol WorkChooser: AnyObject, Sendable {
  /// Gives the number of the piece of work that runs next: 0 is the one that has waited longest.
  func choose(from eligible: EligibleWork) -> Int
}

/// What may run now: the oldest work of each lane, and all work that is on no lane. Valid during
/// the call only that it is given to.
package struct EligibleWork {
  let works: UnsafeBufferPointer<WaitingWork>
  /// The time, in nanoseconds.
  package let now: Int64

  /// How many there are. At least one.
  package var count: Int { works.count }

  /// The number of the lane; -1 when it is on none.
  package func lane(_ index: Int) -> Int { works[index].lane }

  /// Its place in the order in which all work came.
  package func arrival(_ index: Int) -> UInt64 { works[index].arrival }

  /// What it is, for a person.
  package func words(_ index: Int) -> String { works[index].work.words }

  /// The runtime's job, for work that is a task's or an actor's.
  package func job(_ index: Int) -> UnsafeRawPointer? {
    switch works[index].work {
    case .job(let job, _), .strayJob(let job): unsafeBitCast(job, to: UnsafeRawPointer.self)
    default: nil
    }
  }
}

/// Lets a chooser order the work of a loop.
final class PickedOrder: WorkPicker {
  private let chooser: any WorkChooser
  private let backlog = Mutex(Backlog())

  init(_ chooser: any WorkChooser) { self.chooser = chooser }

  deinit { backlog.withLock { $0.wakeSleepers() } }

  func take(from ready: inout [Work], at now: Int64) -> Work? {
    backlog.withLock { backlog in
      for work in ready { backlog.add(work) }
      ready.removeAll(keepingCapacity: true)
      guard !backlog.isEmpty else { return nil }
      return backlog.remove(at: backlog.withEligible(at: now) { chooser.choose(from: $0) })
    }
  }

  /// Puts back what waits, before what is ready.
  func putBack(into ready: inout [Work]) {
    backlog.withLock { backlog in
      var waiting: [Work] = []
      while !backlog.isEmpty { waiting.append(backlog.remove(at: 0)) }
      ready.insert(contentsOf: waiting, at: 0)
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

extension Loop {
  /// Runs what is ready, one after another as it is picked, until so many pieces have run. Gives how
  /// many ran, as an ``Effort`` counts them.
  func runPicked(atMost limit: Int) -> Int {
    var effort = Effort(limit, before: state.withLock(\.cutTurns))
    while let work = takePicked(effort) {
      run(work)
      effort.pieces += 1
    }
    return effort.total(state.withLock(\.cutTurns))
  }

  private func takePicked(_ effort: Effort) -> Work? {
    let now = self.now
    return state.withLock { state in
      guard effort.total(state.cutTurns) < effort.limit,
        let work = state.picker?.take(from: &state.ready, at: now)
      else { return nil }
      state.ran &+= 1
      return work
    }
  }
}
