/// Why the machine could not be read.
public enum ProbeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system call failed with this `errno` (on macOS for memory, this `kern_return_t`).
  case call(String, of: String, code: Int32)
  /// The text of a system file does not have the fields it should.
  case unreadable(String, missing: String)
  /// This platform has no reader.
  case unsupported(String)

  /// What went wrong and what to do.
  public var description: String {
    switch self {
    case .call(let name, let subject, let code):
      "\(name) of \(subject) failed with code \(code). Check that it exists and may be read."
    case .unreadable(let file, let field):
      "\(file) has no readable field \(field). Check that it is the system's own file."
    case .unsupported(let what):
      "\(what) cannot be read on this platform. Use a check of your own instead."
    }
  }
}
