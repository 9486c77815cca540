#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Keeps the safety state in one file, replaced as a whole.
///
/// A record is written into a file beside it, brought to the disk (`fsync`), and renamed over the old
/// one; then the folder is brought to the disk. After a loss of power there is the old record or the
/// new one. The first line holds a checksum of the rest.
///
/// A missing file counts as a first start only when its folder is there and no unfinished file lies
/// beside it: a disk that is not mounted must not read as "never halted".
///
/// ```text
/// tocsin-safety 1 8f3a5c0e12d47b69
/// {"breaker":{…},"isOpen":true,"killSwitch":{…},"revision":7,"version":1}
/// ```
public struct FileSafetyStore: SafetyStore, Hashable {
  /// Where the file is. Its folder has to exist.
  public let path: String

  /// Makes a store of a file.
  public init(path: String) { self.path = path }

  /// Reads the file. Everything that is wrong with it makes it unreadable.
  @concurrent
  public func load() async -> SafetyStart {
    do {
      guard let bytes = try SyncedFile.read(path) else { return absence() }
      return .saved(try Self.record(from: bytes))
    } catch let error as SafetyStoreError {
      return .unreadable(error.description)
    } catch {
      return .unreadable("\(path): \(error)")
    }
  }

  /// Replaces the file. Blocks a thread of the process's pool until the disk has it.
  @concurrent
  public func save(_ record: SavedSafety) async throws {
    try SyncedFile.replace(path, with: try Self.bytes(of: record))
  }

  private func absence() -> SafetyStart {
    if SyncedFile.exists(path + SyncedFile.suffix) {
      return .unreadable(
        "\(path) is missing, and an unfinished \(SyncedFile.suffix) lies beside it"
      )
    }
    return SyncedFile.folderExists(of: path)
      ? .absent : .unreadable("the folder of \(path) is not there; is its disk mounted?")
  }

  static func bytes(of record: SavedSafety) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let body = [UInt8](try encoder.encode(record)) + [UInt8(ascii: "\n")]
    let head = "tocsin-safety \(SavedSafety.version) \(checksum(body))\n"
    return Array(head.utf8) + body
  }

  static func record(from bytes: [UInt8]) throws -> SavedSafety {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { throw SafetyStoreError.damaged }
    let head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    let body = Array(bytes[(end + 1)...])
    guard head.count == 3, head[0] == "tocsin-safety" else { throw SafetyStoreError.damaged }
    guard head[1] == "\(SavedSafety.version)" else {
      throw SafetyStoreError.version(String(head[1]))
    }
    guard head[2] == checksum(body) else { throw SafetyStoreError.damaged }
    return try JSONDecoder().decode(SavedSafety.self, from: Data(body))
  }

  private static func checksum(_ body: [UInt8]) -> String {
    String(Fingerprint.of(body, body.indices, seed: 0), radix: 16)
  }
}
