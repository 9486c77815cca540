#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads how full the disk behind a path is.
public struct DiskSpace: Hashable, Codable, Sendable {
  /// Any file or folder on the disk.
  public var path: String

  /// Makes a reader of the disk behind a path.
  public init(path: String = "/") {
    self.path = path
  }

  /// Asks the system now (`statvfs`). Blocks, for long on a network disk that hangs: call it where
  /// a time limit holds. Space reserved for the administrator is neither used nor available.
  public func read() throws(ProbeError) -> Usage {
    #if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
      var raw = statvfs()
      let result = statvfs(path, &raw)
      guard result == 0 else { throw .call("statvfs", of: path, code: errno) }
      let block = UInt64(raw.f_frsize)
      let blocks = UInt64(raw.f_blocks)
      let free = min(UInt64(raw.f_bfree), blocks)
      return Usage(used: (blocks - free) &* block, available: UInt64(raw.f_bavail) &* block)
    #else
      throw .unsupported("Disk space")
    #endif
  }
}
