import ArgumentParser
import Foundation
import Tocsin
import TocsinMonitors
import TocsinPaper

/// Watches a paper-trading session.
struct Demo: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    abstract: "Watch a paper-trading session on real daily prices, with planted faults."
  )

  @OptionGroup var common: CommonArguments

  @Option(help: "What the ways of prices and the faults are drawn from.")
  var seed: UInt64 = 2008

  @Option(help: "The first day, such as 2008-07-01.")
  var from = "2008-07-01"

  @Option(help: "The last day.")
  var to = "2008-12-31"

  @Option(help: "Write the session's events to this file, for “tocsin replay”.")
  var record: String?

  func run(_ output: Output, _ errors: Output) throws -> Int32 {
    guard try Self.date(from) <= Self.date(to) else {
      throw UsageError("--from \(from) is after --to \(to); exchange them")
    }
    let prices = try usage { try DailyPrices.builtIn() }
    let session = try usage { try PaperSession(prices, seed: seed, from: from, to: to) }
    let settings = Self.settings(session, prices.symbols)
    if let format = common.graph { return try Drawing.print(settings, format, output) }
    let recorder = try record.map { try Recorder($0) }
    let watch = Watch(
      try Runner(settings, isTraced: common.trace),
      common,
      output,
      errors
    )
    let isInterrupted = feed(session, to: watch, recorder)
    if let recorder, let record {
      try recorder.close()
      errors.line("tocsin: recorded; watch it with: tocsin replay \(record) --hours 14:30-21:00")
    }
    var summary = Summary(watch, isInterrupted: isInterrupted)
    let end = summary.span?.last ?? .distantPast
    let faults = session.faults.filter { !isInterrupted || $0.to <= end }
    summary.faults = FaultScore(faults, watch.alerts)
    return Ending.print(summary, watch.runner.tracer, common, output, errors)
  }

  private static func date(_ text: String) throws(UsageError) -> CivilDate {
    guard let date = CivilDate(text: text) else {
      throw UsageError("“\(text)” is no date; write it as 2004-03-01")
    }
    return date
  }

  /// Monday to Friday in UTC, as the session trades; holidays have no session and change nothing.
  private static let calendar = try? TradingCalendar(
    zone: "UTC",
    sessions: [.minutes(14 * 60 + 30)..<(.hours(21))]
  )

  private func feed(_ session: PaperSession, to watch: Watch, _ recorder: Recorder?) -> Bool {
    defer { watch.finish() }
    let hours = session.hours
    guard let first = hours.first?.open, let last = hours.last?.close else { return false }
    let length = Double(first.nanoseconds(to: last))
    do {
      for event in session {
        recorder?.write(event)
        try watch.take(
          event,
          fraction: Double(first.nanoseconds(to: event.instant)) / length
        )
      }
      return false
    } catch {
      return true
    }
  }

  /// The graph's settings for a paper session, whose spacings are known.
  static func settings(_ session: PaperSession, _ symbols: [String]) -> DeskSettings {
    var settings = DeskSettings(venues: [PaperSession.venue])
    settings.broker = PaperSession.broker
    settings.feedAge = PaperSession.tickSpacing + .seconds(5)
    settings.heartbeatAge = PaperSession.heartbeatSpacing + .seconds(30)
    settings.reportAge = PaperSession.reportSpacing + .seconds(60)
    settings.hours = .sessions(session.hours.map { $0.open..<$0.close })
    settings.mode = .paper
    settings.calendar = calendar ?? .roundTheClock
    return settings
  }
}

/// Runs something that may find fault with what the user gave.
func usage<Value>(_ body: () throws -> Value) throws(UsageError) -> Value {
  do { return try body() } catch { throw UsageError("\(error)") }
}

/// Writes events to a file.
final class Recorder {
  private let file: FileHandle
  private let path: String
  private let coder = RecordedEventCoder()
  private var buffer: [UInt8] = []
  private var hasFailed = false

  init(_ path: String) throws(UsageError) {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw UsageError("\(path) cannot be written; check the folder and its permissions") }
    self.file = file
  }

  func write(_ event: Recorded<TradingEvent>) {
    coder.append(event, to: &buffer)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count > 1 << 16 { flush() }
  }

  func close() throws(UsageError) {
    flush()
    if hasFailed || (try? file.close()) == nil {
      throw UsageError("\(path) could not be written to its end; check the space on the disk")
    }
  }

  private func flush() {
    if (try? file.write(contentsOf: Data(buffer))) == nil { hasFailed = true }
    buffer.removeAll(keepingCapacity: true)
  }
}
