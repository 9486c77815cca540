import Foundation
import Testing

@testable import TocsinCommand

/// What a command line printed.
struct Printed: Equatable {
  var status: Int32
  var output: String
  var errors: String

  /// The lines of the output before the summary.
  var alerts: [String] {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(lines.prefix { !$0.isEmpty })
  }
}

/// Runs a command line in this process.
func run(_ words: String..., colour: Bool = false) -> Printed {
  let (output, errors) = (Output(hasColour: colour), Output())
  let status = Program.run(words, output, errors)
  return Printed(status: status, output: output.text, errors: errors.text)
}

/// A file that goes away with its value.
final class TemporaryFile {
  let path: String

  init(_ text: String, suffix: String = ".jsonl") throws {
    let name = "tocsin-\(UUID().uuidString)\(suffix)"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A small recording: a feed that falls silent, an order without an answer, a rejected one, and
/// books that differ.
let smallRecording = """
  # a small session
  {"at":"2008-07-01T14:30:00Z","tick":"IBM","venue":"PAPER","price":100}
  {"at":"2008-07-01T14:30:01Z","heartbeat":"broker","latency":0.005}
  {"at":"2008-07-01T14:30:05Z","order":"o-1","symbol":"IBM","signalled":"buy","quantity":10,"price":100}
  {"at":"2008-07-01T14:30:06Z","order":"o-1","symbol":"IBM","submitted":true}
  {"at":"2008-07-01T14:30:30Z","order":"o-1","symbol":"IBM","acknowledged":true}
  {"at":"2008-07-01T14:30:31Z","order":"o-1","symbol":"IBM","rejected":"halted"}
  {"at":"2008-07-01T14:31:00Z","book":"local","positions":[["IBM",1000,100]]}
  {"at":"2008-07-01T14:31:01Z","book":"broker","positions":[["IBM",1200,100]]}
  {"at":"2008-07-01T14:31:10Z","book":"local","positions":[["IBM",1000,100]]}
  {"at":"2008-07-01T14:31:11Z","book":"broker","positions":[["IBM",1200,100]]}
  {"at":"2008-07-01T14:31:20Z","heartbeat":"broker","latency":0.005}
  {"at":"2008-07-01T14:32:40Z","heartbeat":"broker","latency":0.005}
  {"at":"2008-07-01T14:33:59Z","heartbeat":"broker","latency":0.005}
  {"at":"2008-07-01T14:34:00Z","tick":"IBM","venue":"PAPER","price":101}
  {"at":"2008-07-01T14:34:10Z","tick":"IBM","venue":"PAPER","price":101}

  """
