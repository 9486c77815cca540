import Foundation

/// Where a recording is read from: a file, also a gzip file, or standard input.
public enum RecordingSource: Hashable, Sendable {
  /// A file. When its first two bytes are those of gzip it is unpacked by the `gzip` program.
  case file(String)
  /// Standard input.
  case standardInput

  /// The source that a command line names: `-` is standard input.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(argument)
  }

  /// Calls `body` with one chunk of bytes after the other. Blocks while the source has none.
  ///
  /// Throws ``RecordingSourceError`` when the source cannot be read or holds nothing, and what
  /// `body` throws.
  public func forEachChunk(
    upTo count: Int = 1 << 16,
    _ body: ([UInt8]) throws -> Void
  ) throws {
    switch self {
    case .standardInput: try read(.standardInput, upTo: count, body)
    case .file(let path): try readFile(path, upTo: count, body)
    }
  }

  /// The path, or `standard input`.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    }
  }
}

extension RecordingSource {
  private func readFile(
    _ path: String,
    upTo count: Int,
    _ body: ([UInt8]) throws -> Void
  ) throws {
    let file = try open(path)
    defer { try? file.close() }
    let magic = try bytes(of: file, upTo: 2)
    guard magic == RecordingSource.gzipMagic else {
      try file.seek(toOffset: 0)
      return try read(file, upTo: count, body)
    }
    try unpack(path, upTo: count, body)
  }

  private func open(_ path: String) throws -> FileHandle {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw RecordingSourceError(path, .missing)
    }
    guard !isDirectory.boolValue else { throw RecordingSourceError(path, .directory) }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw RecordingSourceError(path, .unreadable)
    }
    return file
  }

  private func read(
    _ file: FileHandle,
    upTo count: Int,
    _ body: ([UInt8]) throws -> Void
  ) throws {
    var isEmpty = true
    while true {
      let chunk = try bytes(of: file, upTo: count)
      if chunk.isEmpty { break }
      if isEmpty, self == .standardInput, chunk.starts(with: RecordingSource.gzipMagic) {
        throw RecordingSourceError(name, .packedInput)
      }
      isEmpty = false
      try body(chunk)
    }
    if isEmpty { throw RecordingSourceError(name, .empty) }
  }

  private func bytes(of file: FileHandle, upTo count: Int) throws -> [UInt8] {
    do {
      return [UInt8](try file.read(upToCount: count) ?? Data())
    } catch {
      throw RecordingSourceError(name, .unreadable)
    }
  }

  private static let gzipMagic: [UInt8] = [0x1F, 0x8B]

  private func unpack(_ path: String, upTo count: Int, _ body: ([UInt8]) throws -> Void) throws {
    let gzip = Process()
    let output = Pipe()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc"]
    gzip.standardInput = try open(path)
    gzip.standardOutput = output
    gzip.standardError = FileHandle.nullDevice
    do { try gzip.run() } catch { throw RecordingSourceError(path, .cannotUnpack) }
    do {
      try read(output.fileHandleForReading, upTo: count, body)
    } catch let error as RecordingSourceError where error.problem == .empty {
      gzip.waitUntilExit()
      throw gzip.terminationStatus == 0 ? error : RecordingSourceError(path, .cannotUnpack)
    } catch {
      // Closing our end is what stops it: signals may be blocked in programs started by a thread.
      try? output.fileHandleForReading.close()
      throw error
    }
    gzip.waitUntilExit()
    guard gzip.terminationStatus == 0 else { throw RecordingSourceError(path, .cannotUnpack) }
  }
}
