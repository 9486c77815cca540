/// Why one line of a recording was refused: which line, what was wrong, what to do.
public struct LineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of fault a line can have; counters are kept by it.
  public enum Code: String, CaseIterable, Hashable, Codable, Sendable {
    /// Not an object of this format.
    case malformed
    /// The line ends inside its object.
    case truncated
    /// Longer than the limit; skipped without being kept in memory.
    case oversized
    /// Not valid UTF-8.
    case badText
    /// A field that this kind of event needs is not there.
    case missingField
    /// A field that this format does not have.
    case unknownField
    /// None of the kinds of events of this format.
    case unknownKind
    /// A field holds something that it cannot hold.
    case badValue
    /// NaN or an infinity where a number is needed.
    case notANumber
    /// The same line, or a line of the same id, was accepted before.
    case duplicate
    /// Earlier than what was accepted before it.
    case outOfOrder
    /// So much later than what was accepted before it that its date must be wrong.
    case futureDated
  }

  /// The number of the line in its file; the first is 1.
  public var line: Int
  /// The kind of fault.
  public var code: Code
  /// What was wrong and what to do, without the number of the line.
  public var detail: String

  /// Makes an error.
  public init(line: Int, code: Code, detail: String) {
    self.line = line
    self.code = code
    self.detail = detail
  }

  /// `line 17: missing field: a tick needs "price"; add it`.
  public var description: String { "line \(line): \(code): \(detail)" }
}

extension LineError.Code: CustomStringConvertible {
  /// The words for a person: `outOfOrder` reads "out of order".
  public var description: String {
    switch self {
    case .badText: "bad text"
    case .missingField: "missing field"
    case .unknownField: "unknown field"
    case .unknownKind: "unknown kind"
    case .badValue: "bad value"
    case .notANumber: "not a number"
    case .outOfOrder: "out of order"
    case .futureDated: "future-dated"
    case .malformed, .truncated, .oversized, .duplicate: rawValue
    }
  }
}

/// A fault found inside a line, before the number of the line is known.
struct LineFault: Error {
  var code: LineError.Code
  var detail: String

  init(_ code: LineError.Code, _ detail: String) {
    self.code = code
    self.detail = detail
  }

  func error(line: Int) -> LineError { LineError(line: line, code: code, detail: detail) }

  /// A short printable piece of a line, for messages: at most 32 characters, no control characters.
  static func quote(_ bytes: some Collection<UInt8>) -> String {
    let shown = bytes.prefix(32).map { byte in
      byte >= 0x20 && byte < 0x7F ? Character(Unicode.Scalar(byte)) : "?"
    }
    return "“" + String(shown) + (bytes.count > 32 ? "…”" : "”")
  }
}
