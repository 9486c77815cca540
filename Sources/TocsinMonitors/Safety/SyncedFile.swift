#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files that are replaced as a whole and survive a loss of power. Blocks.
enum SyncedFile {
  /// What an unfinished file is named after.
  static let suffix = ".new"

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func folderExists(of path: String) -> Bool { exists(folder(of: path)) }

  /// The bytes of a file; nil when there is none.
  static func read(_ path: String) throws(SafetyStoreError) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .call("open", path: path, code: errno)
    }
    defer { _ = close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = systemRead(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .call("read", path: path, code: errno) }
      bytes += chunk[..<count]
      // No record is that large: it is something else.
      if bytes.count > 16 << 20 { throw .damaged }
    }
  }

  /// Puts bytes in the place of a file; when it returns they are on the disk.
  static func replace(_ path: String, with bytes: [UInt8]) throws(SafetyStoreError) {
    let unfinished = path + suffix
    try write(unfinished, bytes)
    guard rename(unfinished, path) == 0 else {
      throw .call("rename", path: unfinished, code: errno)
    }
    try syncFolder(of: path)
  }

  private static func write(_ path: String, _ bytes: [UInt8]) throws(SafetyStoreError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw .call("open", path: path, code: errno) }
    defer { _ = close(file) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .call("write", path: path, code: errno) }
      written += count
    }
    guard fsync(file) == 0 else { throw .call("fsync", path: path, code: errno) }
  }

  private static func syncFolder(of path: String) throws(SafetyStoreError) {
    let folder = folder(of: path)
    let file = open(folder, O_RDONLY)
    guard file >= 0 else { throw .call("open", path: folder, code: errno) }
    defer { _ = close(file) }
    guard fsync(file) == 0 else { throw .call("fsync", path: folder, code: errno) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}

private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, buffer, count)
}
