import Harness
import ReferenceGraph

/// What the command line asks for.
struct Options {
  var command = Command.run
  var group: Group?
  var variants: [String] = []
  var workloads = ["calm", "storm"]
  var events: Int?
  var rounds = 9
  var output: String?

  enum Command: String {
    case run, check, once, list
  }

  static let usage = """
    Usage: Bench [run | check | once | list] [options]
      run      measures the variants in turn and prints tables
      check    only compares outcomes, on more workloads than run has
      once     runs one variant once, for an instrument such as callgrind
      list     prints the variants
      --group NAME        only this group: \(Group.allCases.map(\.rawValue).joined(separator: ", "))
      --variants A,B      only these, and the baseline of their group
      --workload A,B      calm (1 % of events alert), storm (100 %); default both
      --events N          how many events; default 1,000,000 for run, 200,000 for check
      --rounds N          timed rounds; default 9
      --output FILE       writes the tables to a file, too
    """
}

/// A command line that cannot be read.
struct UsageError: Error, CustomStringConvertible {
  let problem: String

  var description: String { "\(problem)\n\n\(Options.usage)" }
}

extension Options {
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    if let word = rest.first, !word.hasPrefix("-") {
      guard let command = Command(rawValue: word) else {
        throw UsageError(problem: "There is no command \"\(word)\".")
      }
      self.command = command
      rest.removeFirst()
    }
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else {
        throw UsageError(problem: "\"\(name)\" needs a value.")
      }
      try set(name, to: value)
    }
  }

  private mutating func set(_ name: String, to value: String) throws {
    switch name {
    case "--group": group = try Options.group(value)
    case "--variants": variants = value.split(separator: ",").map(String.init)
    case "--workload": workloads = value.split(separator: ",").map(String.init)
    case "--events": events = try Options.number(name, value)
    case "--rounds": rounds = try Options.number(name, value)
    case "--output": output = value
    default: throw UsageError(problem: "There is no option \"\(name)\".")
    }
  }

  private static func group(_ value: String) throws -> Group {
    guard let group = Group(rawValue: value) else {
      throw UsageError(problem: "There is no group \"\(value)\".")
    }
    return group
  }

  private static func number(_ name: String, _ value: String) throws -> Int {
    guard let number = Int(value), number > 0 else {
      throw UsageError(problem: "\"\(name)\" needs a whole number above 0, not \"\(value)\".")
    }
    return number
  }

  /// The workload called `name`, with `events` events.
  static func workload(_ name: String, _ events: Int) throws -> Workload {
    switch name {
    case "calm": return .calm(events)
    case "storm": return .storm(events)
    default: throw UsageError(problem: "There is no workload \"\(name)\".")
    }
  }
}
