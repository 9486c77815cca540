import Foundation
import Testing
import Tocsin
@testable import TocsinMonitors

@Suite struct FileSafetyStoreTests {
  private func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "tocsin-safety-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appending(path: "safety.json").path)
  }

  private var record: SavedSafety {
    var drive = SafetyDrive()
    drive.send(.halt(by: "Ada", because: "news"), at: 5)
    drive.send(.trip(by: "Ada", because: "news"), at: 6)
    return drive.watch.record(isOpen: true)
  }

  private func expectUnreadable(_ start: SafetyStart, _ words: String) {
    guard case .unreadable(let reason) = start else {
      Issue.record("It gave \(start).")
      return
    }
    #expect(reason.contains(words), "\(reason)")
  }

  @Test func `what is saved is read again, and replaced as a whole`() async throws {
    try await inFolder { path in
      let store = FileSafetyStore(path: path)
      #expect(await store.load() == .absent)
      try await store.save(record)
      #expect(await store.load() == .saved(record))
      var other = record
      other.revision += 1
      try await store.save(other)
      #expect(await store.load() == .saved(other))
      #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    }
  }

  @Test func `a file that was cut off at any byte, or in which one byte is another, is unreadable`()
    async throws
  {
    try await inFolder { path in
      let bytes = try FileSafetyStore.bytes(of: record)
      for count in bytes.indices {
        #expect(throws: (any Error).self, "cut at \(count)") {
          try FileSafetyStore.record(from: Array(bytes[..<count]))
        }
        var other = bytes
        other[count] ^= 1
        #expect(throws: (any Error).self, "byte \(count)") {
          try FileSafetyStore.record(from: other)
        }
      }
      try Data(bytes.dropLast(3)).write(to: URL(filePath: path))
      expectUnreadable(await FileSafetyStore(path: path).load(), "is damaged")
    }
  }

  @Test func `a folder that is not there, or an unfinished file alone, is no first start`()
    async throws
  {
    try await inFolder { path in
      let store = FileSafetyStore(path: path + "/deeper/safety.json")
      expectUnreadable(await store.load(), "is not there; is its disk mounted?")
      await #expect(throws: SafetyStoreError.self) { try await store.save(record) }
      try Data("half".utf8).write(to: URL(filePath: path + ".new"))
      expectUnreadable(await FileSafetyStore(path: path).load(), "unfinished")
    }
  }

  @Test func `the words of its errors say what to do`() {
    #expect(
      SafetyStoreError.call("fsync", path: "/s", code: 28).description
        == "fsync of /s failed with code 28. Check the disk, the folder and its permissions."
    )
    #expect(
      SafetyStoreError.damaged.description
        == "The file of the safety state is damaged. Find out whether trading was halted, and reset."
    )
    #expect(SafetyStoreError.version("9").description.contains("has version 9"))
  }
}
