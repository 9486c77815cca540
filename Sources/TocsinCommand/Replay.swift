import ArgumentParser
import Foundation
import Tocsin
import TocsinMonitors

/// Watches a recording.
struct Replay: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    abstract: "Watch recorded events: JSON lines, or a venue capture in CSV, plain or gzip."
  )

  @OptionGroup var common: CommonArguments

  @Argument(help: "The file, or - for standard input.")
  var file: String

  @Flag(help: "Stop at the first line that is refused.")
  var strict = false

  @Option(help: "After how many seconds without a tick a stream is silent.")
  var maxSilence: Double = 185

  @Option(help: "After how many seconds without a heartbeat a broker is silent.")
  var maxHeartbeat: Double = 90

  @Option(
    help: "After how many seconds by its own clock a venue is late. Not looked at when absent."
  )
  var maxLag: Double?

  @Option(
    help: "When silence means something, in UTC, Monday to Friday, such as 14:30-21:00.",
    transform: Hours.parsed
  )
  var hours: Hours?

  @Option(parsing: .upToNextOption, help: "Venues whose feeds are watched; all when absent.")
  var venue: [String] = []

  func validate() throws {
    let seconds = [maxSilence, maxHeartbeat] + (maxLag.map { [$0] } ?? [])
    guard seconds.allSatisfy({ $0 > 0 && $0 <= 86_400_000 }) else {
      throw ValidationError("Seconds must be more than 0 and at most 86,400,000.")
    }
  }

  func run(_ output: Output, _ errors: Output) throws -> Int32 {
    if let format = common.graph { return try Drawing.print(settings(), format, output) }
    let watch = Watch(
      try Runner(settings(), isTraced: common.trace),
      common,
      output,
      errors
    )
    let recording = RecordingRun(file, isStrict: strict, watch, errors)
    let isInterrupted = try recording.run()
    var summary = Summary(watch, isInterrupted: isInterrupted)
    summary.intake = recording.counts
    return Ending.print(summary, watch.runner.tracer, common, output, errors)
  }

  private func settings() -> DeskSettings {
    var settings = DeskSettings(venues: venue)
    settings.feedAge = .seconds(maxSilence)
    settings.heartbeatAge = .seconds(maxHeartbeat)
    settings.feedLag = maxLag.map { .seconds($0) }
    if let hours { settings.hours = .daily(hours.range) }
    return settings
  }
}

/// Hours of a day.
struct Hours {
  let range: Range<Duration>

  static func parsed(_ argument: String) throws -> Hours {
    guard let hours = Hours(argument: argument) else {
      throw ValidationError("“\(argument)” are no hours; write them as 14:30-21:00")
    }
    return hours
  }

  init?(argument: String) {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map(Self.time)
    guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
    range = from..<to
  }

  private static func time(_ text: Substring) -> Duration? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour <= 24, minute < 60,
      hour < 24 || minute == 0
    else { return nil }
    return .minutes(hour * 60 + minute)
  }
}
