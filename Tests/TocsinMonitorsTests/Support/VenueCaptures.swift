import Foundation
import Tocsin
import TocsinMonitors

/// What six exchanges really sent (recorded by the open-source project cryptofeed); read from beside
/// the package, because it may not be part of it.
enum VenueCaptures {
  struct Message {
    var kind: String
    var tick: Recorded<Tick>
  }

  static let comment: String =
    "The venue captures are not here: put venue-captures.csv.gz into ../shared/data to run this."

  static var isPresent: Bool { FileManager.default.fileExists(atPath: file.path) }

  private static var file: URL {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/", !isPackage(folder) { folder.deleteLastPathComponent() }
    return folder.appending(path: "../shared/data/venue-captures.csv.gz").standardized
  }

  private static func isPackage(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
  }

  /// The messages that have a symbol, in the order of their receipt within each venue.
  static func messages() throws -> [Message] {
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    gzip.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
      .compactMap { message(String($0)) }
  }

  private static func message(_ line: String) -> Message? {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard cells.count == 12, !cells[3].isEmpty, let received = Double(cells[0]) else { return nil }
    let tick = Tick(
      symbol: cells[3],
      venue: cells[2],
      price: Decimal(string: cells[9]) ?? 0,
      venueInstant: Double(cells[1]).map(at)
    )
    return Message(kind: cells[4], tick: Recorded(tick, at: at(received)))
  }
}
