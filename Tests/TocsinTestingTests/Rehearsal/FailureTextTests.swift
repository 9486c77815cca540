import CustomDump
import Synchronization
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct FailureTextTests {
  func failing() throws -> Rehearsal<String> {
    try rehearse(Debounce<String>(.seconds(3)), .marbles("a . b . . . |"))
  }

  @Test func `a failure shows the difference, then the input`() throws {
    let expected = EventTimeline<String> {
      At(.seconds(3)) { "a" }
      At(.seconds(5)) { "b" }
    }
    expectNoDifference(
      try failing().failure(expecting: expected),
      """
      The output is not as expected (- expected, + came):

        - 3s  "a"
          5s  "b"
        + 6s  end

      Input:
          0s  "a"
          2s  "b"
          6s  end
      """
    )
  }

  @Test func `a failure of marbles draws both`() throws {
    let failure = try failing().failure(expecting: ". . . a . b |", .themselves, .seconds(1))
    expectNoDifference(
      failure,
      """
      The output is not as expected (- expected, + came):

        expected  . . . a . b |
        came      . . . . . b |

        - 3s  "a"
          5s  "b"
          6s  end

      Input:
          0s  "a"
          2s  "b"
          6s  end
      """
    )
  }

  @Test func `an expectation that cannot be read says so`() throws {
    expectNoDifference(
      try failing().failure(expecting: ". . (b", .themselves, .seconds(1)),
      """
      The output: the expectation cannot be read.
      Marbles, character 5: This group has no end. Add `)`.
          . . (b
              ^
      """
    )
  }

  @Test func `failures are recorded where they are expected`() throws {
    let run = try failing()
    let issues = NotedIssues()
    let line = #line
    withKnownIssue {
      run.expect { Silence() }
    } matching: {
      issues.note($0)
    }
    withKnownIssue {
      run.expect(marbles: "a")
    } matching: {
      issues.note($0)
    }
    withKnownIssue {
      run.expectReasons { Silence() }
    } matching: {
      issues.note($0)
    }
    withKnownIssue {
      run.expect(EventTimeline([]))
    } matching: {
      issues.note($0)
    }
    #expect(issues.all.allSatisfy { $0.description.contains("is not as expected") })
    #expect(issues.all.map { $0.sourceLocation?.line } == [2, 7, 12, 17].map { line + $0 })
  }

  @Test(arguments: [
    (Fault.givesMore, "At 1s the rule gave back an input that it did not hold"),
    (.keeps, "The rule still holds 1 of its inputs after the end of the stream."),
    (.stuck, "The rule acts for ever at 1s"),
    (.early, "A timer of 1s gave something that was due at 500ms."),
  ])
  func `a rule that breaks the protocol of rules fails`(_ fault: Fault, _ words: String) throws {
    let issues = NotedIssues()
    try withKnownIssue {
      try rehearse(FaultyRule(fault: fault)) {
        At(.zero) { 1 }
        End(at: .seconds(2))
      }
    } matching: {
      issues.note($0)
    }
    let text = issues.all.map(\.description).joined(separator: "\n")
    #expect(text.contains("FaultyRule: ") && text.contains(words) && text.contains("Input:"))
  }

  @Test func `books that do not balance say so`() {
    var books = NodeBooks("zip")
    books.received = 2
    books.passed = 3
    books.held = -1
    #expect(
      [books].breaches(isDone: false) == [
        """
        The books do not balance: received + made is not passed + held + dropped.
            zip: received 2, made 0, passed 3, held -1, dropped 0
        """
      ]
    )
    books.passed = 1
    books.held = 1
    #expect([books].breaches(isDone: false) == [])
    #expect(
      [books].breaches(isDone: true) == [
        """
        A step still holds values after the stream is over.
            zip: received 2, made 0, passed 1, held 1, dropped 0
        """
      ]
    )
  }
}

/// The issues that were expected, in order.
private final class NotedIssues: Sendable {
  private let stored = Mutex<[Issue]>([])
  var all: [Issue] { stored.withLock { $0 } }

  func note(_ issue: Issue) -> Bool {
    stored.withLock { $0.append(issue) }
    return true
  }
}

enum Fault { case givesMore, keeps, stuck, early }

/// A rule with a fault: it is due one second after its first input.
private struct FaultyRule: TimedRule {
  let fault: Fault
  var nextDeadline = Instant.distantFuture

  mutating func receive(_ input: Int, at now: Instant) -> Verdict<Int> {
    nextDeadline = now.advanced(by: .seconds(1))
    return fault == .givesMore ? .drop(.filtered) : .hold(.holding)
  }

  mutating func expire(at now: Instant) -> Due<Int>? {
    if fault == .stuck { return nil }
    nextDeadline = .distantFuture
    if fault == .keeps { return nil }
    return Due(1, at: fault == .early ? now.advanced(by: .milliseconds(-500)) : now, .quiet)
  }

  func finish(at now: Instant) -> Due<Int>? { nil }
}
