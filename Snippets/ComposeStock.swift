//! Stock OpenCombine operators before, between and behind Tocsin's.

import OpenCombine
import Tocsin

let log = Outlet<Alert>("log")

let graph = MonitorGraph("stock", sinks: [log]) { lane in
  // snippet.between
  let levels = Tap(lane.input("levels", of: Int.self))
    .filter { $0 >= 0 }
    .stock(to: Int.self) { [lane] in
      $0.removeDuplicates().delay(for: .seconds(1), scheduler: lane.scheduler)
    }
    .debounce(asOne: .seconds(3))
  // snippet.end

  // snippet.before
  let subject = PassthroughSubject<Int, Never>()
  let doubled = Tap(stock: subject.map { $0 * 2 }, named: "doubled")
  // snippet.end
  Tap(lane.input("halves", of: Int.self)).each { subject.send($0) }

  Merge(levels, doubled).alert("level", .info).route { Otherwise { "log" } }
}

// snippet.behind
actor Screen: LaneActor {
  nonisolated let lane: Lane
  private var bag: Set<AnyCancellable> = []

  init(on lane: Lane) { self.lane = lane }

  func show(_ alerts: Outlet<Alert>) {
    inlet(alerts).map(\.message).removeDuplicates().sink { print($0) }.store(in: &bag)
  }
}
// snippet.end

print(try graph.plan().mermaid)
