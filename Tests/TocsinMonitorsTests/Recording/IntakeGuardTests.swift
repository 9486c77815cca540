import CustomDump
import Testing
import Tocsin

@testable import TocsinMonitors

private let year: Int = 366 * 86_400

@Test func `a repeated line is a duplicate and is delivered once`() {
  let (lines, counts) = readAll(beat(1) + beat(2) + beat(1) + beat(2) + beat(3))
  #expect(counts.accepted == 3)
  expectNoDifference(
    refusals(lines),
    [
      "line 3: duplicate: the same line, or its id, was accepted before; remove one",
      "line 4: duplicate: the same line, or its id, was accepted before; remove one",
    ]
  )
}

@Test func `an id alone decides about duplicates`() {
  let line = { (at: Int, id: String) in "{\"at\":\(at),\"heartbeat\":\"b\",\"id\":\(id)}\n" }
  let text = line(1, "\"x\"") + line(2, "\"x\"") + line(2, "\"y\"") + line(2, "\"z\"")
  let (_, counts) = readAll(text)
  #expect(counts.accepted == 3)
  #expect(counts.refusedByCode == [.duplicate: 1])
}

@Test func `only the last so many lines are remembered`() {
  let text = (1...3).map { beat(5, "b\($0)") }.joined() + beat(5, "b1") + beat(5, "b3")
  #expect(readAll(text, RecordingReader(intake: IntakeGuard(remembered: 2))).counts.accepted == 4)
  #expect(readAll(text, RecordingReader(intake: IntakeGuard(remembered: 3))).counts.accepted == 3)
  #expect(readAll(text, RecordingReader(intake: IntakeGuard(remembered: 0))).counts.accepted == 5)
}

@Test func `a line that goes back in time is not delivered`() {
  let (lines, counts) = readAll(beat(10) + beat(9) + beat(10, "c") + beat(11))
  #expect(counts.accepted == 3)
  expectNoDifference(
    refusals(lines),
    [
      "line 2: out of order: 1970-01-01T00:00:09.000Z is before 1970-01-01T00:00:10.000Z, which was "
        + "accepted before it; sort the file, or allow a tolerance"
    ]
  )
}

@Test func `a line within the tolerance is delivered at the latest instant`() {
  let text = beat(10) + beat(8) + beat(7) + beat(11)
  let reader = RecordingReader(intake: IntakeGuard(tolerance: .seconds(2)))
  let (lines, counts) = readAll(text, reader)
  #expect(counts.lifted == 1)
  #expect(counts.refusedByCode == [.outOfOrder: 1])
  expectNoDifference(instants(lines), [10, 10, 11])
}

@Test func `one line of a far future does not make later lines out of order`() {
  let future = "{\"at\":\"2200-01-01T00:00:00Z\",\"heartbeat\":\"b\"}\n"
  let (lines, counts) = readAll(
    beat(1) + future + beat(2) + beat(2 + year) + beat(3 + 2 * year + 1)
  )
  #expect(counts.refusedByCode == [.futureDated: 2])
  expectNoDifference(instants(lines), [1, 2, 2 + year])
  #expect(
    refusals(lines).first
      == "line 2: future-dated: 2200-01-01T00:00:00.000Z is more than 31622400.0 seconds after "
      + "1970-01-01T00:00:01.000Z; correct its date, or allow a longer jump if the pause is real"
  )
}

@Test func `nothing is accepted after the latest instant, not even the first line`() {
  let latest = Instant(nanoseconds: 5_000_000_000)
  let reader = RecordingReader(intake: IntakeGuard(latest: latest))
  let (lines, counts) = readAll(beat(6) + beat(5) + beat(7), reader)
  #expect(counts.accepted == 1)
  #expect(
    refusals(lines).first == "line 1: future-dated: 1970-01-01T00:00:06.000Z is after "
      + "1970-01-01T00:00:05.000Z; correct its date"
  )
}

@Test func `delivered instants never go back, whatever comes in`() {
  for seed in 0..<300 {
    var generator = RecordingSeed(UInt64(seed))
    let text = (0..<200).map { _ in beat(Int.random(in: 0...50, using: &generator)) }.joined()
    let tolerance = Duration.seconds(Int.random(in: 0...9, using: &generator))
    let (lines, counts) = readAll(text, RecordingReader(intake: IntakeGuard(tolerance: tolerance)))
    let delivered = instants(lines)
    #expect(delivered == delivered.sorted(), "seed \(seed)")
    #expect(counts.accepted + counts.refused == counts.lines, "seed \(seed)")
  }
}

private func instants(_ lines: [RecordedLine]) -> [Int] {
  lines.compactMap { line in
    guard case .event(let record, _) = line else { return nil }
    return Int(record.instant.nanoseconds / 1_000_000_000)
  }
}
