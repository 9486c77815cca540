import CustomDump
import Foundation
import Testing
import Tocsin

@testable import TocsinMonitors

private let header =
  "recv_ts,venue_ts,venue,symbol,kind,bid,bid_size,ask,ask_size,price,size,aggressor\n"

@Test func `trades become ticks at their price and quotes at the middle`() {
  let text =
    header
    + "1618677817.079694,1618677810.244075,COINBASE,BAND-GBP,quote,14.7550,,14.8060,,,,\n"
    + "1618677817.079762,,COINBASE,BAND-GBP,trade,,,,,14.7775,0.04,buy\n"
    + "1618677817.08,,COINBASE,,other,,,,,,,\n"
    + "1618677817.09,,BITMEX,XRPU21,quote,1.814e-05,15,1.819e-05,1703,,,\n"
  let tick = {
    (at: Int64, venue: String, symbol: String, price: Decimal, sent: Int64?, line: Int) in
    let instant = sent.map { Instant(nanoseconds: $0) }
    let tick = Tick(symbol: symbol, venue: venue, price: price, venueInstant: instant)
    return RecordedLine.event(Recorded(.tick(tick), at: Instant(nanoseconds: at)), line: line)
  }
  // Literals of decimals go through binary fractions and lose digits.
  let mid = Decimal(string: "0.000018165", locale: nil) ?? 0
  let trade = Decimal(string: "14.7775", locale: nil) ?? 0
  let (lines, counts) = readAll(text)
  expectNoDifference(
    lines,
    [
      tick(
        1_618_677_817_079_694_000,
        "COINBASE",
        "BAND-GBP",
        Decimal(string: "14.7805", locale: nil) ?? 0,
        1_618_677_810_244_075_000,
        2
      ),
      tick(1_618_677_817_079_762_000, "COINBASE", "BAND-GBP", trade, nil, 3),
      tick(1_618_677_817_090_000_000, "BITMEX", "XRPU21", mid, nil, 5),
    ]
  )
  #expect(counts.description == "5 lines: 3 accepted, 2 skipped, 0 refused")
}

@Test(arguments: [
  (
    "1,,V,S,trade,,,,,1,",
    "truncated: the row has 11 cells, the header has 12; record the whole row again"
  ),
  (
    "1,,V,S,trade,,,,,1,,,",
    "malformed: the row has 13 cells, the header has 12; record the whole row again"
  ),
  ("1,,V,S,trade,,,,,nan,,", "not a number: “nan” is no number; leave the field out instead"),
  ("1,,V,S,trade,,,,,x,,", "bad value: price is “x”; it must be a number"),
  (",,V,S,trade,,,,,1,,", "missing field: the row has no recv_ts; add the time of receipt"),
  ("1,,,S,trade,,,,,1,,", "missing field: the row has a price but no venue; add it"),
  ("1e12,,V,S,trade,,,,,1,,", "future-dated: recv_ts is after the year 2262; correct its date"),
  ("0x1,,V,S,trade,,,,,1,,", "bad value: recv_ts is “0x1”; it must be seconds since 1970"),
]) func `says what is wrong with a row`(row: String, error: String) {
  expectNoDifference(refusals(readAll(header + row + "\n").lines), ["line 2: " + error])
}

@Test func `damaged rows are all accounted for and never give a price that is no number`() {
  let row = Array("1,2.5,V,S,quote,9e127,1,9e126,1,,,\n".utf8)
  for seed in 0..<3000 {
    var generator = RecordingSeed(UInt64(seed))
    var bytes = Array(header.utf8)
    for _ in 0..<3 {
      var damaged = row
      let at = Int.random(in: 0..<damaged.count, using: &generator)
      damaged[at] = UInt8.random(in: 0...255, using: &generator)
      bytes += damaged
    }
    let (lines, counts) = readAll(bytes)
    #expect(counts.accepted + counts.refused + counts.skipped == counts.lines, "seed \(seed)")
    for case .event(let record, _) in lines {
      guard case .tick(let tick) = record.event else { continue }
      #expect(!tick.price.isNaN, "seed \(seed)")
    }
  }
}

@Test func `a header without a needed column is refused, and rows with it`() {
  let (lines, counts) = readAll("recv_ts,venue\n1,2\n")
  #expect(counts.accepted == 0)
  #expect(
    refusals(lines).first
      == "line 1: missing field: the header of a venue capture needs the column "
      + "venue_ts; add it"
  )
}

private let captures = #filePath.replacing(
  "Tests/TocsinMonitorsTests/Recording/VenueCaptureTests.swift",
  with: "../shared/data/venue-captures.csv.gz"
)

@Test(
  .enabled(
    if: FileManager.default.fileExists(atPath: captures),
    "the venue captures are not part of the project"
  )
)
func `real captures of six exchanges are read`() throws {
  var reader = RecordingReader()
  var venues: [String: Int] = [:]
  try RecordingSource(argument: captures).forEachChunk { chunk in
    reader.read(chunk) { line in
      guard case .event(let record, _) = line, case .tick(let tick) = record.event else { return }
      venues[tick.venue, default: 0] += 1
    }
  }
  reader.finish { _ in }
  // One refusal: two trades of one message that are alike in every column.
  #expect(
    reader.counts.description
      == "19493 lines: 1390 accepted, 18102 skipped, 1 refused (1 duplicate)"
  )
  #expect(venues == ["COINBASE": 214, "BINANCE_FUTURES": 704, "BITMEX": 462, "BITSTAMP": 10])
}
