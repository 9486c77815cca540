internal import CTocsinTesting
internal import Tocsin

/// What goes on step by step: a lane, a task that is on none, or work that is neither's.
enum Runner: Hashable, Sendable {
  case lane(Int), task(UInt64), work(UInt64)

  init(_ eligible: EligibleWork, _ index: Int) {
    let lane = eligible.lane(index)
    guard lane < 0 else {
      self = .lane(lane)
      return
    }
    let task = eligible.job(index).map { tocsin_task_of_job($0) } ?? 0
    self = task == 0 ? .work(eligible.arrival(index)) : .task(task)
  }
}
