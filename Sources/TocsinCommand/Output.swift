import Foundation

/// A file that text is written to: standard output, standard error, or memory in tests.
final class Output {
  private let file: Int32?
  private var buffer: [UInt8] = []
  /// Whether a person is looking, and a file is not.
  let isTerminal: Bool
  /// Whether colours are welcome.
  let hasColour: Bool

  static func standard() -> Output { Output(file: STDOUT_FILENO) }
  static func errors() -> Output { Output(file: STDERR_FILENO) }

  private init(file: Int32) {
    self.file = file
    isTerminal = RealWorld.isTerminal(file)
    let isPlain = RealWorld.variable("NO_COLOR").map { !$0.isEmpty } ?? false
    hasColour = isTerminal && !isPlain && RealWorld.variable("TERM") != "dumb"
  }

  /// Keeps the text.
  init(hasColour: Bool = false) {
    file = nil
    isTerminal = false
    self.hasColour = hasColour
  }

  /// What was written to memory.
  var text: String { String(decoding: buffer, as: UTF8.self) }

  var columns: Int { file.map { RealWorld.columns(of: $0) } ?? 80 }

  func line(_ text: String) {
    write(text)
    write("\n")
  }

  func write(_ text: String) {
    buffer += text.utf8
    if buffer.count >= 16_384 { flush() }
  }

  /// Writes what is kept. When the reader has gone away there is nothing left to do, and nothing to
  /// complain about: the program ends.
  func flush() {
    guard let file else { return }
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes {
        Foundation.write(file, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { giveUp(file, errno) }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func giveUp(_ file: Int32, _ code: Int32) -> Never {
    if code == EPIPE { RealWorld.exit(0) }
    if file != STDERR_FILENO {
      let text = [UInt8](
        "tocsin: the output cannot be written: \(String(cString: strerror(code)))\n".utf8
      )
      _ = Foundation.write(STDERR_FILENO, text, text.count)
    }
    RealWorld.exit(74)
  }
}
