/// What is wrong with a file of a ``FileSafetyStore``.
public enum SafetyStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It was cut off, or changed by something else.
  case damaged
  /// Another version of this package wrote it.
  case version(String)
  /// The system call failed with this `errno`.
  case call(String, path: String, code: Int32)

  /// What went wrong and what to do.
  public var description: String {
    switch self {
    case .damaged:
      "The file of the safety state is damaged. Find out whether trading was halted, and reset."
    case .version(let version):
      "The file of the safety state has version \(version), which this program does not know. Use "
        + "the program that wrote it, or find out whether trading was halted, and reset."
    case .call(let name, let path, let code):
      "\(name) of \(path) failed with code \(code). Check the disk, the folder and its permissions."
    }
  }
}
