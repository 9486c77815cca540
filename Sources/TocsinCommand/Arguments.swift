import ArgumentParser
import TocsinMonitors

/// The command line.
struct TocsinArguments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tocsin",
    abstract: "Watches trading events and tells what is wrong.",
    discussion: """
      “tocsin demo” shows it at work on a paper-trading session; nothing is sent anywhere.
      Exit status: 0 when it worked, 2 when the command line or the input is wrong, 130 after Ctrl-C.
      """,
    version: "0.1.0",
    subcommands: [Demo.self, Replay.self]
  )
}

/// What both subcommands take.
struct CommonArguments: ParsableArguments {
  @Option(
    help: "How fast recorded time runs: max, real, or a number of times, such as 60x.",
    transform: Speed.parsed
  )
  var speed = Speed.max

  @Option(help: "Print the graph as mermaid, dot or json, and exit.")
  var graph: PictureFormat?

  @Flag(help: "Print JSON lines only: alerts, then the summary.")
  var json = false

  @Flag(help: "Print the trace of the first alert as a tree.")
  var trace = false
}

/// How a graph is drawn.
enum PictureFormat: String, ExpressibleByArgument, CaseIterable {
  case mermaid, dot, json
}

/// How fast recorded time runs.
enum Speed: Hashable, CustomStringConvertible {
  case max
  /// So many times as fast as it was.
  case times(Double)

  init?(argument: String) {
    switch argument {
    case "max": self = .max
    case "real": self = .times(1)
    default:
      guard argument.hasSuffix("x"), let factor = Double(argument.dropLast()), factor.isFinite,
        factor > 0
      else { return nil }
      self = .times(factor)
    }
  }

  static func parsed(_ argument: String) throws -> Speed {
    guard let speed = Speed(argument: argument) else {
      throw ValidationError("“\(argument)” is no speed; write max, real, or a number such as 60x")
    }
    return speed
  }

  var description: String {
    switch self {
    case .max: "max"
    case .times(1): "real"
    case .times(let factor): "\(factor)x"
    }
  }
}
