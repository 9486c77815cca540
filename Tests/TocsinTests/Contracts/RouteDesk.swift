@testable import Tocsin

/// A route of its own, whose sinks note what they get.
final class RouteDesk {
  let world = Timeline.virtual()
  let lane: Lane
  let previous = Node("source")
  let table: RouteTable<MarkedAlert>
  /// The last phase that a sink heard of a key, and all that came in the last step.
  var words: [[Int: Phase]]
  var heard: [Int] = []
  private let tell: Log<(Int, MarkedAlert)>

  /// - Parameters:
  ///   - rows: For each severity the numbers of the sinks.
  ///   - limit: How many open keys are remembered.
  init(_ rows: [[Int]], limit: Int = 100_000) {
    let (tell, lane, previous) = (Log<(Int, MarkedAlert)>(), world.lane("desk"), previous)
    (self.tell, self.lane) = (tell, lane)
    words = Array(repeating: [:], count: 4)
    let names = (0..<4).map { Outlet<MarkedAlert>("\($0)") }
    let entries = zip(Severity.allCases, rows).map { severity, sinks in
      RouteEntry(
        severities: [severity],
        sinks: sinks.map { sink in
          RouteSink(name: "\(sink)", outlet: ObjectIdentifier(names[sink]), reference: nil) {
            tell.add((sink, $0))
          }
        }
      )
    }
    table = world.perform(on: lane) { RouteTable(entries, after: previous, on: lane) }
    table.told = ToldMemory(limit: limit)
  }

  func send(_ alert: MarkedAlert) {
    tell.entries = []
    world.perform(on: lane) { table.decide(alert) }
    heard = tell.entries.map(\.0)
    for (sink, alert) in tell.entries { words[sink][alert.key] = alert.phase }
  }
}
