import Foundation
import Testing

@testable import Tocsin

/// Durations from all powers of two.
private func durations(_ count: Int, seed: UInt64) -> [Int64] {
  var random = StructureRandom(seed: seed)
  return (0..<count).map { _ in Int64(random.next() >> (1 + UInt64(random.below(63)))) }
}

private func histogram(_ durations: [Int64]) -> LatencyHistogram {
  var histogram = LatencyHistogram()
  for duration in durations { histogram.record(nanoseconds: duration) }
  return histogram
}

@Test(arguments: 0..<20 as Range<UInt64>)
func `a percentile is never below the true one and at most one 64th above`(seed: UInt64) throws {
  let sorted = durations(1 + Int(seed) * 97, seed: seed).sorted()
  let histogram = histogram(sorted)
  for percent in [0, 0.1, 1, 25, 50, 75, 90, 99, 99.9, 99.99, 100] {
    let rank = max(1, Int((percent * Double(sorted.count) / 100).rounded(.up)))
    let exact = sorted[rank - 1]
    let found = try #require(histogram.percentile(percent)).wholeNanoseconds
    #expect(found >= exact, "\(percent)")
    #expect(Double(found - exact) <= Double(exact) / 64, "\(percent)")
  }
}

@Test func `ends and mean are exact`() {
  let histogram = histogram([3, 1_000_003, 999_999_999_999])
  #expect(histogram.count == 3)
  #expect(histogram.min == .nanoseconds(3))
  #expect(histogram.max == .nanoseconds(999_999_999_999))
  #expect(histogram.mean == .nanoseconds((3 + 1_000_003 + 999_999_999_999) / 3))
  #expect(histogram.percentile(0) == histogram.min)
  #expect(histogram.percentile(100) == histogram.max)
  #expect(histogram.percentile(.nan) == nil)
}

@Test func `the mean of the longest durations does not overflow`() {
  let histogram = histogram([.max, .max, .max])
  #expect(histogram.mean == .nanoseconds(Int64.max))
  #expect(histogram.percentile(50) == .nanoseconds(Int64.max))
}

@Test func `every bucket holds what its bound says`() {
  var previous: Int64 = -1
  for bucket in 0..<LatencyHistogram.bucketCount {
    let bound = LatencyHistogram.upperBound(of: bucket)
    #expect(LatencyHistogram.bucket(of: previous + 1) == bucket)
    #expect(LatencyHistogram.bucket(of: bound) == bucket)
    previous = bound == .max ? previous : bound
  }
  #expect(LatencyHistogram.upperBound(of: LatencyHistogram.bucketCount - 1) == .max)
}

@Test func `an empty histogram has no figures`() {
  let empty = LatencyHistogram()
  #expect(empty.percentile(50) == nil && empty.min == nil && empty.max == nil && empty.mean == nil)
}

@Test func `negative durations are counted apart`() {
  var histogram = LatencyHistogram()
  histogram.record(.nanoseconds(-5))
  histogram.record(Duration(secondsComponent: 0, attosecondsComponent: -1))
  histogram.record(.seconds(-1_000_000_000_000))
  #expect(histogram.negativeCount == 3)
  #expect(histogram.count == 0 && histogram.min == nil)
  histogram.record(.seconds(1_000_000_000_000))
  #expect(histogram.max == .nanoseconds(Int64.max))
}

@Test func `merging is the same as recording all`() {
  let (left, right) = (durations(500, seed: 1), durations(300, seed: 2) + [-4])
  var merged = histogram(left)
  merged.merge(histogram(right))
  #expect(merged == histogram(left + right))
  merged.merge(LatencyHistogram())
  #expect(merged == histogram(left + right))
  var fresh = LatencyHistogram()
  fresh.merge(merged)
  #expect(fresh == merged)
}

@Test func `a histogram is saved and read back`() throws {
  for original in [LatencyHistogram(), histogram(durations(400, seed: 9) + [-1])] {
    let data = try JSONEncoder().encode(original)
    #expect(try JSONDecoder().decode(LatencyHistogram.self, from: data) == original)
  }
}

@Test(
  arguments: [
    ("[1]", "1", "1", "1"), ("[9999,1]", "1", "1", "1"), ("[1,0]", "1", "1", "0"),
    ("[1,1,1,1]", "1", "1", "2"), ("[1,1]", "0", "1", "1"), ("[1,1]", "1", "2", "1"),
    ("[1,2]", "1", "1", "3"), ("[1,18446744073709551615,2,1]", "1", "2", "5"),
  ]
)
func `a histogram that contradicts itself is refused`(file: (String, String, String, String)) {
  let (buckets, least, most, sum) = file
  let text =
    "{\"buckets\":\(buckets),\"min\":\(least),\"max\":\(most),\"sumHigh\":0,\"sumLow\":\(sum),"
    + "\"negative\":0}"
  #expect(throws: DecodingError.self) {
    try JSONDecoder().decode(LatencyHistogram.self, from: Data(text.utf8))
  }
}
