/// How full the memory is, and whose.
public struct MemoryReading: Hashable, Codable, Sendable {
  /// Whose memory was read.
  public enum Scope: String, Hashable, Codable, Sendable, CaseIterable {
    /// All of the machine.
    case machine
    /// What a control group, so a container, allows.
    case container

    var words: String { self == .machine ? "of the machine " : "of the container's limit " }
  }

  /// How full it is.
  public var usage: Usage
  /// Whose it is.
  public var scope: Scope

  /// Makes a reading.
  public init(usage: Usage, scope: Scope) {
    self.usage = usage
    self.scope = scope
  }
}
