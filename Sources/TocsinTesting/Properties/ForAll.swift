internal import Synchronization
public import Testing

/// Expects that a property holds for the stream of every seed.
///
/// ```swift
/// forAll(seeds: 200, quotes) { events in
///   #expect(staleAlerts(events).count <= 1)
/// }
/// ```
///
/// A thrown error, a returned text, `false`, and a failed `#expect` inside are all failures. The first one
/// is shrunk and recorded as one issue at the caller's line, with the seed, the smallest input as a
/// time line, and what to write to run that seed alone. What counts as the same failure while
/// shrinking: ``Property/check(seeds:startingAt:_:shrinkRuns:_:)``.
///
/// A failed `#expect` in this synchronous form also shows as "known issue" in the log, once for each
/// run of the shrinking. The asynchronous form keeps the log quiet (`await forAll(…) { events async
/// in … }`); so does a returned text.
///
/// - Parameters:
///   - seeds: How many seeds.
///   - first: The first of them.
///   - generator: Makes the streams.
///   - shrinkRuns: How many smaller candidates are tried at most.
///   - sourceLocation: Where the issue is recorded.
///   - property: What has to hold.
public func forAll<Value, Outcome>(
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  _ generator: StreamGenerator<Value>,
  shrinkRuns: Int = 2_000,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ property: ([Timed<Value>]) throws -> Outcome
) {
  let catcher = IssueCatcher()
  var search = PropertySearch(generator, seeds, from: first, shrinkRuns)
  while let input = search.next() {
    var outcome: Result<Outcome, any Error>?
    withKnownIssue(isIntermittent: true) {
      outcome = Result { try property(input) }
    } matching: { issue in
      catcher.take(issue)
      return true
    }
    search.learn(outcome.flatMap { catcher.fault($0) })
  }
  record(search.failure, at: sourceLocation)
}

/// Expects that an asynchronous property holds for the stream of every seed, one after the other.
///
/// As the synchronous form; a failed `#expect` inside leaves no trace in the log but the one issue.
///
/// - Parameters:
///   - seeds: How many seeds.
///   - first: The first of them.
///   - generator: Makes the streams.
///   - shrinkRuns: How many smaller candidates are tried at most.
///   - sourceLocation: Where the issue is recorded.
///   - property: What has to hold.
public func forAll<Value: Sendable, Outcome>(
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  _ generator: StreamGenerator<Value>,
  shrinkRuns: Int = 2_000,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ property: @escaping @Sendable ([Timed<Value>]) async throws -> Outcome
) async {
  let catcher = IssueCatcher()
  let found = Mutex<PropertyFailure<Value>?>(nil)
  await catcher.catching {
    var search = PropertySearch(generator, seeds, from: first, shrinkRuns)
    while let input = search.next() {
      var outcome: Result<Outcome, any Error>
      do { outcome = .success(try await property(input)) } catch { outcome = .failure(error) }
      search.learn(catcher.fault(outcome))
    }
    let failure = search.failure
    found.withLock { $0 = failure }
  }
  record(found.withLock { $0 }, at: sourceLocation)
}

/// Records a failure as one issue.
private func record<Value>(_ failure: PropertyFailure<Value>?, at place: SourceLocation) {
  guard let failure else { return }
  Issue.record("\(failure)", sourceLocation: place)
}
