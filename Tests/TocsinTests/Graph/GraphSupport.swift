import CustomDump
import Testing

@testable import Tocsin

/// A measurement with a symbol, for the graphs of these tests.
struct Reading: Hashable, Sendable, KeyedEvent {
  var symbol = "A"
  var level = 0

  init(_ symbol: String, _ level: Int) {
    self.symbol = symbol
    self.level = level
  }

  var key: String { symbol }
}

/// What a running graph has sent to a sink, in words.
func listen(_ outlet: Outlet<Alert>, on lane: Lane, in world: Timeline) -> SharedLog<String> {
  let log = SharedLog<String>()
  world.perform(on: lane) {
    Inlet(outlet, on: lane).each {
      log.add("\(lane.now.milliseconds) \($0.key) \($0.severity) \($0.occurrences)")
    }
  }
  return log
}

/// The words of what is wrong with a graph; empty when nothing is.
func complaint(_ graph: MonitorGraph) -> String {
  do {
    try graph.validate()
    return ""
  } catch {
    return "\(error)"
  }
}

extension GraphPicture {
  var ids: [String] { nodes.map(\.id) }
  var isBalanced: Bool { nodes.allSatisfy { $0.isConserved } }
}
