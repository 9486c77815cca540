internal import Synchronization
internal import Tocsin
internal import TocsinTesting

/// Prints how fast the test kit is. Each figure is the best of five rounds.
@main
struct KitBench {
  static func main() async throws {
    print("the small test has \(try jobsOfSmallTest()) jobs")
    try await Figure.print("schedules of a test of about 60 jobs", goal: "20,000/s", schedules)
    try await Figure.print("jobs, first in, first out", goal: "3,000,000/s", jobsInOrder)
    try await Figure.print("jobs, uniform", goal: "", jobsPicked)
    try await Figure.print("long queue, uniform: 20,000 tasks ready", goal: "", longQueue)
    try await Figure.print("virtual days of a graph with 10 events/s", goal: "0.33/s", day)
  }
}

/// One measured speed.
enum Figure {
  static func print(
    _ name: String,
    goal: String,
    _ measure: () async throws -> Int
  ) async throws {
    var best = 0.0
    for _ in 0..<5 {
      let clock = ContinuousClock()
      let start = clock.now
      let count = try await measure()
      best = max(best, Double(count) / (start.duration(to: clock.now) / .seconds(1)))
    }
    let rate = best < 100 ? "\((best * 100).rounded() / 100)" : "\(Int(best))"
    Swift.print("\(name): \(rate)/s" + (goal.isEmpty ? "" : " (goal \(goal))"))
  }
}
