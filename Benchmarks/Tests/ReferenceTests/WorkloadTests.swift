import ReferenceGraph
import Testing

@Suite struct WorkloadTests {
  @Test func `every event of a storm alerts, from the first`() {
    #expect(KeyByKey.breaches(in: .storm(2000)).count == 2000)
  }

  @Test func `one event in a hundred alerts when it is calm`() {
    let count = KeyByKey.breaches(in: .calm(20_000)).count
    #expect(abs(count - 200) < 60)
  }

  @Test func `a shorter stream is the beginning of a longer one`() {
    let short = Workload.calm(1000).events
    let long = Workload.calm(2000).events
    #expect(short.map(\.value) == long.prefix(1000).map(\.value))
    #expect(short.map(\.instant) == long.prefix(1000).map(\.instant))
  }

  @Test func `instants are 50 to 150 microseconds apart, times the stretch`() {
    let events = Workload("slow", events: 5000, alerting: .all, stretch: 50).events
    let gaps = zip(events.dropFirst(), events).map { $0.instant - $1.instant }
    #expect(gaps.allSatisfy { (2_500_000...7_500_000).contains($0) && $0 % 50 == 0 })
  }

  @Test func `events and alerts are 24 bytes`() {
    #expect(MemoryLayout<MarketEvent>.stride == 24)
    #expect(MemoryLayout<MarketAlert>.stride == 24)
  }

  @Test(arguments: [1, 64, 256, 5000])
  func `spans hold each event once, by kind and in order`(length: Int) {
    let workload = Workload.calm(3001)
    let spans = Spans(workload, length: length)
    for kind in 0..<3 {
      let ranges = (0..<spans.turns).map { spans.range(turn: $0, kind: kind) }
      let instants = ranges.flatMap { spans.events[$0].map(\.instant) }
      let expected = workload.events.filter { $0.kind == kind }.map(\.instant)
      #expect(instants == expected)
    }
  }

  @Test func `an outcome depends on each field of an alert`() {
    let alert = MarketAlert(value: 1, occurrences: 2, key: 3, severity: 0)
    var others = [alert, alert, alert, alert, alert]
    others[1].value = 2
    others[2].occurrences = 3
    others[3].key = 4
    others[4].severity = 1
    var hashes = Set(others.map { hash($0, 7) })
    hashes.insert(hash(alert, 8))
    #expect(hashes.count == 6)
  }

  private func hash(_ alert: MarketAlert, _ instant: Int64) -> UInt64 {
    var outcome = Outcome()
    outcome.deliver(alert, at: instant)
    return outcome.hash
  }
}
