import Foundation
import Tocsin
import TocsinMonitors

/// Reads a recording into a run, and reports the lines that are refused.
final class RecordingRun {
  /// How many refused lines are shown; the rest is only counted.
  static let shownLimit = 20

  private let source: RecordingSource
  private let isStrict: Bool
  private let watch: Watch
  private let errors: Output
  private var reader = RecordingReader(
    intake: IntakeGuard(latest: RealWorld.wallClock().advanced(by: .days(1)))
  )
  private var readBytes = 0
  private var refusedCount = 0
  private let size: Int?

  init(_ file: String, isStrict: Bool, _ watch: Watch, _ errors: Output) {
    source = RecordingSource(argument: file)
    self.isStrict = isStrict
    self.watch = watch
    self.errors = errors
    let isPacked = file == "-" || file.hasSuffix(".gz")
    let attributes = isPacked ? nil : try? FileManager.default.attributesOfItem(atPath: file)
    size = (attributes?[.size] as? Int).flatMap { $0 > 0 ? $0 : nil }
  }

  /// What became of the lines.
  var counts: IntakeCounts { reader.counts }

  /// Reads all of it. True when it was interrupted.
  func run() throws -> Bool {
    do {
      try source.forEachChunk { chunk in
        readBytes += chunk.count
        try reader.read(chunk) { try take($0) }
        if Signals.isInterrupted { throw Watch.Interrupted() }
      }
      try reader.finish { try take($0) }
      watch.finish()
    } catch is Watch.Interrupted {
      watch.finish()
      return true
    } catch {
      watch.finish()
      throw UsageError("\(error)")
    }
    try check()
    return false
  }

  private func take(_ line: RecordedLine) throws {
    switch line {
    case .event(let event, _):
      try watch.take(event, fraction: size.map { Double(readBytes) / Double($0) })
    case .refused(let error): try refuse(error)
    }
  }

  private func refuse(_ error: LineError) throws {
    guard !isStrict else { throw UsageError("\(source.name), \(error)") }
    refusedCount += 1
    guard refusedCount <= Self.shownLimit else { return }
    watch.clearBar()
    errors.line("tocsin: \(source.name), \(error)")
    if refusedCount == Self.shownLimit {
      errors.line("tocsin: further refused lines are only counted")
    }
    errors.flush()
  }

  /// A recording without a single event is a mistake of the user's.
  private func check() throws {
    guard counts.accepted == 0 else { return }
    throw UsageError("\(source.name) holds no events (\(counts))")
  }
}
