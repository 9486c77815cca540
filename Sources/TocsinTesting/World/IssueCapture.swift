internal import Synchronization
internal import Testing

/// Keeps the issues that a body records to itself, instead of failing the test.
///
/// A schedule that fails is run again many times while it is shortened; only the last word is for
/// the reader.
final class IssueCapture: Sendable {
  private let issues = Mutex<[String]>([])

  /// Runs something with a capture of its own: no issue that is recorded inside fails the test.
  static func capturing<Result: Sendable>(
    _ body: @Sendable (IssueCapture) throws -> Result
  ) async throws -> Result {
    let capture = IssueCapture()
    guard let test = Test.current else { return try body(capture) }
    let result = Mutex<Swift.Result<Result, any Error>?>(nil)
    let trait = IssueHandlingTrait.compactMapIssues { issue in
      capture.issues.withLock { $0.append(words(issue)) }
      return nil
    }
    try? await trait.provideScope(for: test, testCase: Test.Case.current) {
      let given = Swift.Result { try body(capture) }
      result.withLock { $0 = given }
    }
    return try result.withLock { $0 }?.get() ?? body(capture)
  }

  /// Runs a body and gives what went wrong first: an issue it recorded or an error it threw. Nil
  /// when nothing did.
  func failure(_ body: () throws -> Void) -> String? {
    issues.withLock { $0 = [] }
    do {
      try body()
    } catch {
      return issues.withLock(\.first) ?? "\(error)"
    }
    return issues.withLock(\.first)
  }

  /// What failed, and where.
  private static func words(_ issue: Issue) -> String {
    let place = issue.sourceLocation.map { " (\($0.fileName):\($0.line))" } ?? ""
    let comments = issue.comments.map { ": \($0)" }.joined()
    return "\(issue.kind)\(comments)\(place)"
  }
}
