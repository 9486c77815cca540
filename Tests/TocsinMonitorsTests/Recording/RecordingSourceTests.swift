import Foundation
import Testing

@testable import TocsinMonitors

/// Gives a folder that exists while `body` runs.
private func withFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

private func problem(_ path: String) -> String? {
  do {
    try RecordingSource(argument: path).forEachChunk { _ in }
    return nil
  } catch {
    return "\(error)"
  }
}

@Test func `a file is read in chunks`() throws {
  try withFolder { folder in
    let file = folder.appendingPathComponent("a.jsonl")
    try Data(repeating: 7, count: 1000).write(to: file)
    var sizes: [Int] = []
    try RecordingSource.file(file.path).forEachChunk(upTo: 300) { sizes.append($0.count) }
    #expect(sizes == [300, 300, 300, 100])
  }
}

@Test func `missing, empty, unreadable and damaged files give one clear line`() throws {
  try withFolder { folder in
    let path = { (name: String) in folder.appendingPathComponent(name).path }
    try Data().write(to: URL(fileURLWithPath: path("empty")))
    try Data([0x1F, 0x8B, 8, 0, 1]).write(to: URL(fileURLWithPath: path("cut.gz")))
    #expect(problem(path("no")) == "\(path("no")): there is no such file; check the path")
    #expect(problem(path("empty")) == "\(path("empty")) is empty; there is nothing to replay")
    #expect(problem(folder.path) == "\(folder.path) is a directory; name a file in it")
    #expect(
      problem(path("cut.gz"))
        == "\(path("cut.gz")) cannot be unpacked by gzip; check the file with “gzip -t”"
    )
  }
}

@Test func `every problem of a source is told in one line`() {
  for problem in RecordingSourceError.Problem.allCases {
    let words = RecordingSourceError("x", problem).description
    #expect(!words.contains("\n") && words.count < 80)
  }
}

@Test func `an error of the reader ends the reading of a packed file`() throws {
  struct Stop: Error {}
  try withFolder { folder in
    let file = folder.appendingPathComponent("a").path
    try Data(String(repeating: beat(1), count: 200_000).utf8).write(to: URL(fileURLWithPath: file))
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", file]
    try gzip.run()
    gzip.waitUntilExit()
    #expect(throws: Stop.self) {
      try RecordingSource.file(file + ".gz").forEachChunk { _ in throw Stop() }
    }
    var count = 0
    try RecordingSource.file(file + ".gz").forEachChunk { count += $0.count }
    #expect(count == 200_000 * beat(1).utf8.count)
  }
}
