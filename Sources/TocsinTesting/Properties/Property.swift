/// Properties without a test library: for a script, a tool, or a test of another kind.
public enum Property {
  /// Runs a property for the stream of every seed and gives the first failure, shrunk.
  ///
  /// The property fails when it throws, when it returns a text, and when it returns false; anything
  /// else holds. It must be a function of its input: the input that fails is run once more, and when
  /// that does not fail in the same way the failure says so and is not shrunk.
  ///
  /// A failing input is made smaller for as long as the property fails in the same *way*: an error
  /// of the same type, a text, false, a failed expectation. A candidate that fails in another way is
  /// another failure, and is never accepted. The order of the candidates is fixed.
  ///
  /// - Parameters:
  ///   - seeds: How many seeds.
  ///   - first: The first of them.
  ///   - generator: Makes the streams.
  ///   - shrinkRuns: How many smaller candidates are tried at most.
  ///   - property: What has to hold.
  /// - Returns: The failure with the smallest input found, or nil when the property holds.
  public static func check<Value, Outcome>(
    seeds: Int = 200,
    startingAt first: UInt64 = 0,
    _ generator: StreamGenerator<Value>,
    shrinkRuns: Int = 2_000,
    _ property: ([Timed<Value>]) throws -> Outcome
  ) -> PropertyFailure<Value>? {
    var search = PropertySearch(generator, seeds, from: first, shrinkRuns)
    while let input = search.next() {
      search.learn(PropertyFault(Result { try property(input) }))
    }
    return search.failure
  }

  /// Runs an asynchronous property for the stream of every seed, one after the other.
  ///
  /// As the synchronous form.
  public static func check<Value, Outcome>(
    seeds: Int = 200,
    startingAt first: UInt64 = 0,
    _ generator: StreamGenerator<Value>,
    shrinkRuns: Int = 2_000,
    _ property: ([Timed<Value>]) async throws -> Outcome
  ) async -> PropertyFailure<Value>? {
    var search = PropertySearch(generator, seeds, from: first, shrinkRuns)
    while let input = search.next() {
      do {
        search.learn(PropertyFault(.success(try await property(input))))
      } catch {
        search.learn(PropertyFault(Result<Outcome, any Error>.failure(error)))
      }
    }
    return search.failure
  }
}
