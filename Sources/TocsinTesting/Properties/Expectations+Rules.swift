internal import Foundation
public import Testing
public import Tocsin

/// Expects that a rule gives what a plain model gives, for the stream of every seed.
///
/// ```swift
/// expectModel(Debounce<String>(.seconds(3)), over: quotes) { inputs, end in
///   inputs.enumerated().compactMap { index, event in
///     let next = index + 1 < inputs.count ? inputs[index + 1].offset : end
///     …
///   }
/// }
/// ```
///
/// Model and rule must give the same values at the same instants. On top of that the rule's books
/// are looked at after every step, and a rule that is asked late must give the same.
///
/// - Parameters:
///   - rule: The rule in its first state. A rule without timers goes in as `Untimed(rule)`.
///   - generator: Makes the streams.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - sourceLocation: Where the issue is recorded.
///   - model: What should come out for a whole input that ends at an offset. Plain and slow.
public func expectModel<R: TimedRule>(
  _ rule: R,
  over generator: StreamGenerator<R.Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ model: @escaping (_ inputs: [Timed<R.Input>], _ end: Duration) throws -> [Timed<R.Output>]
) where R.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.sameAsModel(rule, silences: silences, model)
  )
}

/// Expects that a rule that is written out as JSON and read back on the way goes on as if nothing
/// was: a restart changes nothing.
///
/// - Parameters:
///   - rule: The rule in its first state.
///   - generator: Makes the streams.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - sourceLocation: Where the issue is recorded.
public func expectRestorable<R: TimedRule & Codable>(
  _ rule: R,
  over generator: StreamGenerator<R.Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  sourceLocation: SourceLocation = #_sourceLocation
) where R.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.restorable(rule, silences: silences, restore: writtenAndRead)
  )
}

/// Expects that a rule treats every key as if it were alone, inside ``Tocsin/ByKey``.
///
/// - Parameters:
///   - rule: The rule for one key, in its first state.
///   - generator: Makes the streams, of several keys.
///   - seeds: How many seeds.
///   - first: The first of them.
///   - silences: How long after its last event a stream ends; each is tried.
///   - sourceLocation: Where the issue is recorded.
///   - key: The key of an input.
public func expectEachKeyAlone<R: TimedRule, Key: Hashable>(
  _ rule: R,
  over generator: StreamGenerator<R.Input>,
  seeds: Int = 200,
  startingAt first: UInt64 = 0,
  silences: [Duration] = Property.Silences.usual,
  sourceLocation: SourceLocation = #_sourceLocation,
  key: @escaping @Sendable (R.Input) -> Key
) where R.Output: Equatable {
  forAll(
    seeds: seeds,
    startingAt: first,
    generator,
    sourceLocation: sourceLocation,
    Property.eachKeyAlone(ByKey(rule, key: key), rule, silences: silences, key: key)
  )
}

/// Through JSON, with the doubles that JSON cannot say as words.
private func writtenAndRead<Value: Codable>(_ value: Value) throws -> Value {
  let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf",
    negativeInfinity: "-inf",
    nan: "nan"
  )
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "inf",
    negativeInfinity: "-inf",
    nan: "nan"
  )
  return try decoder.decode(Value.self, from: encoder.encode(value))
}
