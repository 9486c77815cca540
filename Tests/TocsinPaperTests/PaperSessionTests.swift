import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@testable import TocsinPaper

/// A broker so bad that a year has every kind of fault.
private let bad = FaultRates(
  ofOrders: [
    .rejection: 150, .slowAcknowledgement: 150, .unconfirmedOrder: 150, .partialFill: 150,
    .lostFill: 150,
  ],
  feedGaps: 60,
  heartbeatLosses: 100,
  bookings: 60
)

private func session(
  _ seed: UInt64,
  _ faults: FaultRates = .standard,
  _ span: (String, String) = ("2008-01-01", "2008-06-30")
) throws -> PaperSession {
  try PaperSession(try DailyPrices.shared(), seed: seed, from: span.0, to: span.1, faults: faults)
}

@Test(arguments: [1, 2, 3] as [UInt64])
func `everything planted is visible in the events, and nothing else is`(seed: UInt64) throws {
  let session = try session(seed, bad)
  let planted = session.faults
  var finder = FaultFinder()
  for record in session { finder.see(record) }
  for (fault, instant) in finder.found {
    let isPlanted = planted.contains { $0.visible == fault && $0.covers(instant) }
    #expect(isPlanted, "found \(fault) at \(instant), which was not planted")
  }
  for fault in planted {
    let isFound = finder.found.contains { $0.fault == fault.visible && fault.covers($0.at) }
    #expect(isFound, "planted but not visible: \(fault)")
  }
  #expect(Set(planted.map(\.kind)) == Set(PlantedFault.Kind.allCases))
}

@Test func `without faults there is nothing to find`() throws {
  let session = try session(4, .none)
  var finder = FaultFinder()
  for record in session { finder.see(record) }
  #expect(finder.found.isEmpty)
  #expect(session.faults.isEmpty)
}

@Test func `events come in order and within the hours`() throws {
  let session = try session(5)
  var last = Instant.distantPast
  var hours = session.hours[...]
  var count = 0
  for record in session {
    #expect(last <= record.instant)
    last = record.instant
    while let first = hours.first, first.close <= last { hours = hours.dropFirst() }
    #expect(hours.first?.contains(last) == true)
    count += 1
  }
  #expect(count > 100_000)
}

@Test func `the same seed gives the same events, another seed others`() throws {
  let span = ("2012-05-01", "2012-07-31")
  let first = try fingerprint(session(7, .standard, span))
  #expect(try fingerprint(session(7, .standard, span)) == first)
  #expect(try fingerprint(session(8, .standard, span)) != first)
  #expect(try session(7).faults == session(7).faults)
  #expect(try session(7).faults != session(8).faults)
}

@Test func `the events of a seed are the same on every machine`() throws {
  let hash = try fingerprint(session(42, .standard, ("2004-08-16", "2004-08-27")))
  #expect(hash == 4_451_488_403_728_064_647)
}

/// A hash of the lines that the session would be recorded as.
private func fingerprint(_ session: PaperSession) -> UInt64 {
  var bytes: [UInt8] = []
  let coder = RecordedEventCoder()
  return session.reduce(0xCBF2_9CE4_8422_2325) { hash, record in
    bytes.removeAll(keepingCapacity: true)
    coder.append(record, to: &bytes)
    return bytes.reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

@Test func `a recorded session is read back whole`() throws {
  let session = try session(9, bad, ("2008-01-01", "2008-01-31"))
  var bytes: [UInt8] = []
  for record in session {
    RecordedEventCoder().append(record, to: &bytes)
    bytes.append(0x0A)
  }
  var reader = RecordingReader()
  var iterator = session.makeIterator()
  reader.read(bytes) { line in
    if case .event(let record, _) = line {
      let expected = iterator.next()
      if record != expected { expectNoDifference(record, expected) }
    } else {
      Issue.record("\(line)")
    }
  }
  #expect(iterator.next() == nil)
}

@Test func `ticks stay in the day's real range and end at its close`() throws {
  let prices = try DailyPrices.shared()
  let session = try PaperSession(
    prices,
    seed: 3,
    from: "2004-03-01",
    to: "2004-03-31",
    faults: .none
  )
  var ticks: [Int: [String: [Decimal]]] = [:]
  for record in session {
    guard case .tick(let tick) = record.event else { continue }
    let day = Int(record.instant.nanoseconds / 86_400_000_000_000)
    ticks[day, default: [:]][tick.symbol, default: []].append(tick.price)
  }
  let days = prices.days.filter { ticks.keys.contains($0.day) }
  #expect(days.count == 23)
  for price in days.flatMap(\.prices) {
    let seen = ticks[price.day]?[price.symbol] ?? []
    let real = price.adjusted
    let expected = [real.open, real.close, real.low, real.high].map(Decimal.init(tenThousandths:))
    #expect([seen.first, seen.last, seen.min(), seen.max()] == expected)
    #expect(seen.count == 131)
  }
}

@Test func `a span without trading days and a bad date are told in one line`() throws {
  let prices = try DailyPrices.shared()
  #expect(throws: PaperSessionError.badDate("March")) {
    try PaperSession(prices, seed: 1, from: "March")
  }
  #expect(
    PaperSessionError.badDate("March").description == "“March” is no date; write it as 2004-03-01"
  )
  do {
    _ = try PaperSession(prices, seed: 1, from: "2013-03-02")
    Issue.record("made a session without days")
  } catch {
    #expect(
      error.description
        == "there is no trading day in that span; choose days from 2000-03-01 to 2013-03-01"
    )
  }
}
