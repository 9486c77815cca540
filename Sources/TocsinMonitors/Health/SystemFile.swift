#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A small file that the system writes, such as those of `/proc`.
struct SystemFile {
  let path: String

  init(_ path: String) { self.path = path }

  /// The start of the file, up to 16 KiB. Blocks.
  func read() throws(ProbeError) -> String {
    guard let text = try readIfPresent() else { throw .call("open", of: path, code: ENOENT) }
    return text
  }

  /// The same; nil when there is no such file.
  func readIfPresent() throws(ProbeError) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .call("open", of: path, code: errno)
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = bytes.withUnsafeMutableBytes { buffer in
      #if canImport(Darwin)
        Darwin.read(file, buffer.baseAddress, buffer.count)
      #elseif canImport(Glibc)
        Glibc.read(file, buffer.baseAddress, buffer.count)
      #else
        Musl.read(file, buffer.baseAddress, buffer.count)
      #endif
    }
    guard count >= 0 else { throw .call("read", of: path, code: errno) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
