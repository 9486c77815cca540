import CustomDump
import Synchronization
import Testing
import Tocsin
import TocsinTesting

/// What a test sees of a property that does not hold: one issue, at its own line.
@Suite struct ForAllTests {
  struct Broken: Error {}

  static let streams = StreamGenerator(count: 0...50, around: .seconds(3)) {
    $0.number(in: 0...9)
  }

  /// The issues that a body records, which then do not count.
  private func issues(_ body: () -> Void) -> [Issue] {
    let log = IssueLog()
    withKnownIssue {
      body()
    } matching: { issue in
      log.add(issue)
      return true
    }
    return log.all
  }

  @Test func `a property that holds records nothing`() async {
    forAll(Self.streams) { _ in }
    await forAll(Self.streams) { _ async in #expect(Bool(true)) }
  }

  @Test func `a returned text is one issue at the caller's line`() {
    let line = #line + 2
    let all = issues {
      forAll(Self.streams) { $0.count > 4 ? "too many" : nil }
    }
    expectNoDifference(all.map { $0.sourceLocation?.line }, [line])
    let text = all.first?.comments.first?.rawValue ?? ""
    #expect(text.contains("  too many\n"))
    #expect(text.contains(" to 5 in "))
  }

  @Test func `a thrown error is an issue`() {
    let all = issues { forAll(Self.streams) { if $0.count > 4 { throw Broken() } } }
    #expect(all.count == 1)
    #expect(all[0].comments[0].rawValue.contains("it threw Broken:"))
  }

  @Test func `a failed expectation is an issue of the whole, not of the run`() {
    let all = issues { forAll(Self.streams) { #expect($0.count <= 4, "a comment") } }
    #expect(all.count == 1)
    let text = all[0].comments[0].rawValue
    #expect(text.contains("an expectation failed"))
    #expect(text.contains("ForAllTests.swift"))
    #expect(text.contains("a comment"))
    #expect(text.contains(" to 5 in "))
  }

  @Test func `an asynchronous property catches expectations, also of child tasks`() async throws {
    let log = IssueLog()
    let trait = IssueHandlingTrait.compactMapIssues { issue in
      log.add(issue)
      return nil
    }
    let test = try #require(Test.current)
    try await trait.provideScope(for: test, testCase: Test.Case.current) {
      await forAll(Self.streams) { events in
        await Task { #expect(events.count <= 4) }.value
      }
    }
    #expect(log.all.count == 1)
    #expect(log.all.first?.comments.first?.rawValue.contains(" to 5 in ") == true)
  }

  @Test func `require both records and throws, and is one failure`() {
    let all = issues { forAll(Self.streams) { _ = try #require($0.count <= 4 ? 1 : nil) } }
    #expect(all.count == 1)
    #expect(all[0].comments[0].rawValue.contains("an expectation failed"))
  }

  @Test func `warnings are no failures`() {
    forAll(seeds: 3, Self.streams) { _ in
      Issue.record("only a warning", severity: .warning)
      return nil as String?
    }
  }
}

/// Issues, in the order in which they came.
final class IssueLog: Sendable {
  private let issues = Mutex<[Issue]>([])
  var all: [Issue] { issues.withLock { $0 } }
  func add(_ issue: Issue) { issues.withLock { $0.append(issue) } }
}
