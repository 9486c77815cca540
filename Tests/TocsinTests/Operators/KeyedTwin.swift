import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// A number of a key.
struct KeyedReading: KeyedEvent, Hashable, Sendable {
  var key: Int
  var number: Double
}

/// What came out for a key, in words.
struct KeyedText: Hashable {
  var key: Int
  var text: String

  init(_ key: Int, _ text: String) {
    self.key = key
    self.text = text
  }
}

/// Checks over many seeds that a keyed chain gives for each of three keys what it gives when the
/// values of the others never came, at the same instants, and that its books balance.
func expectKeysApart<Chain: FlowPublisher<KeyedText>>(
  sourceLocation: SourceLocation = #_sourceLocation,
  _ build: @escaping (Tap<Feed<KeyedReading>>) -> Tap<Chain>
) {
  var count = 0
  for seed in 0..<200 as Range<UInt64> {
    var random = RuleRandom(seed: seed)
    let moments = random.moments(45, around: [3, 7]) {
      KeyedReading(
        key: Int.random(in: 0..<3, using: &$0),
        number: Double(Int.random(in: 0...9, using: &$0))
      )
    }
    let end = moments[44].0 + 20
    let all = keyedRun(moments, moments[0].0, end, build)
    for key in 0..<3 {
      let own = keyedRun(moments.filter { $0.1.key == key }, moments[0].0, end, build)
      expectNoDifference(all.filter { $0.key == key }, own, "seed \(seed)")
    }
    count += all.count
  }
  #expect(count > 400, "too little came out to compare", sourceLocation: sourceLocation)
}

private func keyedRun<Chain: FlowPublisher<KeyedText>>(
  _ moments: [(Int64, KeyedReading)],
  _ start: Int64,
  _ end: Int64,
  _ build: @escaping (Tap<Feed<KeyedReading>>) -> Tap<Chain>
) -> [KeyedText] {
  var texts: [KeyedText] = []
  let bench = Bench<KeyedReading, KeyedText>(from: Instant(nanoseconds: start - 1)) {
    build($0[0])
  }
  bench.probe.onValue = {
    texts.append(KeyedText($0.key, "\(bench.lane.now.nanoseconds) \($0.text)"))
  }
  for (time, value) in moments {
    bench.at(Instant(nanoseconds: time)) { bench.feeds[0].send(value) }
  }
  bench.at(Instant(nanoseconds: end)) { bench.feeds[0].finish() }
  expectNoDifference(bench.breaches(isDone: true), [])
  return texts
}
