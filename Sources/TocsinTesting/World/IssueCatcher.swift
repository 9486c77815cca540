internal import Synchronization
internal import Testing

/// Takes in the issues that are recorded while something runs, so that a failed expectation counts as
/// a failure of that run and not of the test: a property or a schedule that fails is run again many
/// times while it is made smaller, and only the last word is for the reader.
///
/// What works in Swift Testing 6.3.1, and what does not:
/// - `IssueHandlingTrait.provideScope` catches every issue of the task and of its child tasks, and
///   nothing of them reaches the log. It exists for asynchronous code only.
/// - `withKnownIssue` works in synchronous code. What it takes in does not fail the test, but each
///   issue is one line "recorded a known issue" in the log.
/// - An enclosing `withKnownIssue` sees an issue before the trait does, and takes it as known.
/// - An issue of a detached task belongs to no test: neither form can keep it from the log, and the
///   run fails.
final class IssueCatcher: Sendable {
  private let issues = Mutex<[Issue]>([])

  /// Takes in an issue.
  func take(_ issue: Issue) { issues.withLock { $0.append(issue) } }

  /// Runs something whose issues come here. Outside a test nothing is caught.
  func catching<Value: Sendable, Failure: Error>(
    _ body: @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    guard let test = Test.current else { return try await body() }
    let trait = IssueHandlingTrait.compactMapIssues { issue in
      self.take(issue)
      return nil
    }
    let result = Mutex<Result<Value, Failure>?>(nil)
    try? await trait.provideScope(for: test, testCase: Test.Case.current) {
      let given: Result<Value, Failure>
      do throws(Failure) { given = .success(try await body()) } catch { given = .failure(error) }
      result.withLock { $0 = given }
    }
    guard let given = result.withLock(\.self) else { return try await body() }
    return try given.get()
  }

  /// What the run since the last call gave: its issues first, because `#require` records one and
  /// throws, then its error or result.
  func fault(_ outcome: Result<some Any, any Error>) -> PropertyFault? {
    let caught = issues.withLock { issues in
      defer { issues = [] }
      return issues.filter { $0.severity >= .error }
    }
    guard let first = caught.first else { return PropertyFault(outcome) }
    let more = caught.count == 1 ? "" : "\n(and \(caught.count - 1) more issues)"
    return PropertyFault(kind: .expectation, message: words(first) + more)
  }

  /// What failed, and where.
  private func words(_ issue: Issue) -> String {
    let comments = issue.comments.map(\.rawValue)
    let isPlain = if case .unconditional = issue.kind { true } else { false }
    let place = issue.sourceLocation.map { " (\($0.fileName):\($0.line))" } ?? ""
    let what = isPlain && !comments.isEmpty ? comments : ["\(issue.kind)"] + comments
    return (what.prefix(1).map { $0 + place } + what.dropFirst()).joined(separator: "\n")
  }
}
