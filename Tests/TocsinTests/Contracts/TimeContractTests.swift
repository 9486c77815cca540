import CustomDump
import Foundation
import Synchronization
import Testing

@testable import Tocsin

/// What docs/contracts.md says about lanes, turns and clocks, and no other test holds.
@Suite struct TimeContractTests {
  @Test func `code on a lane never runs beside other code of the lane`() async {
    let live = Timeline.live(threads: 3)
    let lanes = (0..<3).map { live.lane("lane \($0)") }
    let rooms = lanes.map { _ in Room() }
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for (lane, room) in (0..<300).flatMap({ _ in zip(lanes, rooms) }) {
            lane.execute { room.visit() }
          }
        }
      }
    }
    await live.shutdown()
    expectNoDifference(rooms.map(\.visits), [1_200, 1_200, 1_200])
    expectNoDifference(rooms.map(\.most), [1, 1, 1])
  }

  @Test func `a turn has one instant, however long it takes, and the next one a later`()
    async throws
  {
    let live = Timeline.live()
    let lane = live.lane("slow")
    let log = SharedLog<Instant>()
    for _ in 0..<3 {
      lane.execute {
        log.add(lane.now)
        wait(milliseconds: 2)
        log.add(lane.now)
      }
    }
    await live.shutdown()
    let seen = log.entries
    try #require(seen.count == 6)
    for turn in 0..<3 { #expect(seen[2 * turn] == seen[2 * turn + 1]) }
    #expect(seen[0] < seen[2] && seen[2] < seen[4])
  }

  @Test func `the machine's clocks are read in two files, and the wall clock once`() throws {
    let lines = try linesOfTheLibrary()
    func files(with words: String...) -> [String] {
      Set(lines.filter { line in words.contains { line.text.contains($0) } }.map(\.file)).sorted()
    }
    expectNoDifference(
      files(with: "clock_gettime", "ContinuousClock", "SuspendingClock", "Date()"),
      ["LiveSleeper.swift", "RealClock.swift"]
    )
    expectNoDifference(files(with: "CLOCK_REALTIME"), ["RealClock.swift"])
    expectNoDifference(files(with: "wall()"), ["RealClock.swift"])
    expectNoDifference(files(with: "monotonic()"), ["RealClock.swift"])
    expectNoDifference(
      lines.map(\.text).filter { $0.contains("wall()") || $0.contains("anchored()") },
      [
        "static func wall() -> Int64 {", "static func anchored() -> @Sendable () -> Int64 {",
        "let offset = wall() - monotonic()", "let clock = RealClock.anchored()",
      ]
    )
  }

  /// The lines of code of the libraries that watch trading, without comments.
  private func linesOfTheLibrary() throws -> [(file: String, text: String)] {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let folders = ["Tocsin", "TocsinMonitors"].map { root.appending(path: "Sources/\($0)") }
    let files = folders.flatMap { folder in
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
        .compactMap { $0 as? URL } ?? []
    }
    let swift = files.filter { $0.pathExtension == "swift" }.sorted { $0.path() < $1.path() }
    #expect(swift.count > 100)
    return try swift.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.hasPrefix("//") }.map { (file.lastPathComponent, $0) }
    }
  }
}

/// Counts who is in it at the same moment.
final class Room: Sendable {
  private let inside = Atomic<Int>(0)
  private let highest = Atomic<Int>(0)
  private let count = Atomic<Int>(0)

  func visit(_ looks: Int = 200) {
    let now = inside.add(1, ordering: .sequentiallyConsistent).newValue
    highest.max(now, ordering: .sequentiallyConsistent)
    count.add(1, ordering: .sequentiallyConsistent)
    for _ in 0..<looks { _ = inside.load(ordering: .sequentiallyConsistent) }
    inside.subtract(1, ordering: .sequentiallyConsistent)
  }

  var most: Int { highest.load(ordering: .sequentiallyConsistent) }
  var visits: Int { count.load(ordering: .sequentiallyConsistent) }
}

/// Keeps the calling thread busy.
func wait(milliseconds: Int64) {
  let end = RealClock.monotonic() + milliseconds * 1_000_000
  while RealClock.monotonic() < end {}
}
