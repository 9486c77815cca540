import CustomDump
import Testing
import Tocsin
import TocsinMonitors

/// Venues as a whole.
struct FeedLinkTests {
  private let symbols = ["A", "B", "C", "D"]

  /// Four streams that tick ten times a second each, until `end`.
  private func busy(_ limits: SilenceLimits, until end: Double = 60) -> FeedBench {
    var bench = FeedBench(FeedWatch(limits))
    for step in 0..<Int(end * 10) {
      for (place, symbol) in symbols.enumerated() {
        bench.tick(symbol, at: Double(step) / 10 + Double(place) / 50)
      }
    }
    return bench
  }

  @Test(arguments: [SilenceLimits.adaptive(), .fixed(.seconds(5))])
  func `tells a lost link once, not every stream, and its recovery`(limits: SilenceLimits) {
    var bench = busy(limits)
    bench.advance(to: 600)
    #expect(bench.seen.count == 1)
    #expect(bench.take().first?.hasSuffix("X lost firing") == true)
    for symbol in symbols { bench.tick(symbol, at: 600) }
    expectNoDifference(bench.take(), ["600 X lost resolved"])
  }

  @Test func `finds a lost link of a busy venue within its least limit`() {
    var bench = busy(.adaptive())
    bench.advance(to: 600)
    expectNoDifference(bench.take(), ["64.9 X lost firing"])
  }

  @Test(arguments: [SilenceLimits.adaptive(), .fixed(.seconds(5))])
  func `tells a single stream that stalls while others send`(limits: SilenceLimits) {
    var bench = busy(limits)
    for step in 600..<1_200 {
      for symbol in symbols.dropFirst() { bench.tick(symbol, at: Double(step) / 10 + 0.05) }
    }
    expectNoDifference(bench.take(), ["64.9 A firing"])
    bench.tick("A", at: 120)
    expectNoDifference(bench.take(), ["120 A resolved"])
  }

  @Test func `a stream that does not come back with the link is told by itself`() {
    var bench = busy(.fixed(.seconds(5)))
    bench.advance(to: 100)
    _ = bench.take()
    for second in 100..<120 {
      for symbol in symbols.dropFirst() { bench.tick(symbol, at: Double(second)) }
    }
    expectNoDifference(bench.take(), ["100 X lost resolved", "105 A firing"])
  }

  @Test func `streams told before the link was lost are told back by their own ticks`() {
    var bench = FeedBench(FeedWatch(.fixed(.seconds(10))))
    bench.tick("A", at: 0)
    bench.tick("B", at: 4)
    bench.advance(to: 50)
    expectNoDifference(bench.take(), ["10 A firing", "14 X lost firing"])
    bench.tick("B", at: 50)
    bench.tick("A", at: 51)
    expectNoDifference(bench.take(), ["50 X lost resolved", "51 A resolved"])
  }

  @Test func `heartbeats without data are a mute venue, and no recovery`() {
    var bench = busy(.adaptive())
    for second in stride(from: 61.0, to: 120, by: 3) { bench.receive(.heartbeat("X"), at: second) }
    expectNoDifference(bench.take(), ["64.9 X mute firing"])
    bench.tick("A", at: 120)
    expectNoDifference(bench.take(), ["120 X mute resolved"])
  }

  @Test func `a lost link whose heartbeats return is mute, and still not back`() {
    var bench = busy(.adaptive())
    bench.receive(.heartbeat("Y"), at: 70)
    bench.receive(.heartbeat("X"), at: 80)
    bench.receive(.heartbeat("X"), at: 81)
    bench.tick("A", at: 90)
    expectNoDifference(
      bench.take(),
      ["64.9 X lost firing", "80 X mute firing", "90 X mute resolved"]
    )
  }

  @Test func `a venue from which nothing ever comes is told once`() {
    let watch = FeedWatch(expecting: symbols.map { FeedBench.key($0) })
    var bench = FeedBench(watch)
    bench.receive(.other, at: 0)
    bench.advance(to: 300)
    bench.tick("A", at: 300)
    bench.advance(to: 400)
    expectNoDifference(
      bench.take(),
      [
        "60 X lost firing", "300 X lost resolved", "360 B firing", "360 C firing", "360 D firing",
      ]
    )
  }

  @Test func `other venues are not concerned`() {
    var bench = busy(.adaptive())
    for step in 0..<3_000 {
      bench.tick("E", "Y", at: 60 + Double(step) / 10)
      bench.tick("F", "Y", at: 60.05 + Double(step) / 10)
    }
    expectNoDifference(bench.take(), ["64.9 X lost firing"])
  }

  @Test func `a connection that the client says is gone is told after the least limit`() {
    var bench = FeedBench(FeedWatch(.adaptive()))
    for second in 0..<200 { bench.tick(second % 2 == 0 ? "A" : "B", at: Double(second) * 10) }
    bench.connect(.disconnected, at: 1_992)
    bench.connect(.reconnecting, at: 1_994)
    bench.connect(.connected, at: 1_999)
    bench.advance(to: 2_001)
    bench.tick("A", at: 2_001)
    expectNoDifference(bench.take(), ["1997 X lost firing", "2001 X lost resolved"])
  }

  @Test func `a short reconnect is no finding`() {
    var bench = busy(.adaptive())
    bench.connect(.disconnected, at: 60.1)
    bench.connect(.connected, at: 61)
    for step in 0..<100 {
      for symbol in symbols { bench.tick(symbol, at: 61.5 + Double(step) / 10) }
    }
    expectNoDifference(bench.take(), [])
  }

  @Test func `connecting again and again without data is found lost`() {
    var bench = busy(.adaptive())
    for second in 0..<8 {
      bench.connect(.disconnected, at: 61 + Double(second) * 3)
      bench.connect(.connected, at: 62 + Double(second) * 3)
    }
    #expect(bench.take().contains("64.96 X lost firing"))
  }

  @Test func `five reconnects within five minutes are a storm, until five minutes are quiet`() {
    var bench = busy(.fixed(.seconds(1_000)), until: 1)
    bench.connect(.connected, at: 1)
    for second in [10.0, 20, 30, 40, 50, 60] {
      bench.connect(.disconnected, at: second)
      bench.connect(.reconnecting, at: second + 1)
      bench.connect(.connected, at: second + 2)
      bench.tick("A", at: second + 3)
    }
    bench.advance(to: 500)
    expectNoDifference(
      bench.take(),
      ["51 X reconnecting firing", "361 X reconnecting resolved"]
    )
  }

  @Test func `four reconnects, or five in a longer time, are none`() {
    var bench = busy(.fixed(.seconds(1_000)), until: 1)
    for second in 0..<12 { bench.connect(.connected, at: 2 + Double(second) * 80) }
    expectNoDifference(bench.take(), [])
  }

  @Test func `says in words what is wrong`() {
    func finding(_ kind: LinkFinding.Kind, _ phase: Phase = .firing) -> LinkFinding {
      LinkFinding(
        venue: "X",
        kind: kind,
        age: .seconds(9),
        limit: .seconds(5),
        count: 4,
        phase: phase
      )
    }
    let words = LinkFinding.Kind.allCases.map { finding($0).alert.message }
    expectNoDifference(
      words,
      [
        "X: link lost, nothing from all 4 streams for 9 s.",
        "X: connected but mute, heartbeats and no data from all 4 streams for 9 s.",
        "X: 4 reconnects within 9 s.",
        "X: everything from it is late, now by 9 s (limit 5 s).",
        "X: its time went off by 9 s in one step: a wrong clock, or old data again.",
      ]
    )
    #expect(finding(.mute, .resolved).alert.message == "X: it sends again after 9 s.")
    #expect(finding(.mute).alert.key == finding(.lost).alert.key)
    #expect(finding(.lost).alert.severity == .error)
    #expect(finding(.reconnecting).alert.severity == .warning)
  }

  /// What is told and not told back, by the words of the bench.
  private func open(_ seen: [String]) -> Set<String> {
    var open: Set<String> = []
    for line in seen {
      let words = line.split(separator: " ").map(String.init)
      let isLink = words.count == 4
      let kind = isLink ? (words[2] == "mute" ? "lost" : words[2]) : "stream"
      let key = "\(words[1]) \(kind)"
      if words.last == "firing" {
        #expect(isLink || !open.contains(key), "told twice: \(line)")
        open.insert(key)
      } else {
        #expect(open.remove(key) != nil, "told back what was not told: \(line)")
      }
    }
    return open
  }

  @Test(arguments: [SilenceLimits.adaptive(atMost: .seconds(30)), .fixed(.seconds(7))])
  func `tells back exactly what it told, and misses nothing, whatever happens`(
    limits: SilenceLimits
  ) {
    for seed in 0..<150 {
      var random = MonitorRandom(seed: seed)
      var bench = FeedBench(FeedWatch(limits))
      var now = 0.0
      for _ in 0..<300 {
        now += Double(random.below(2_000)) / 1_000 * (random.below(20) == 0 ? 20 : 1)
        switch random.below(12) {
        case 0: bench.receive(.heartbeat("X"), at: now)
        case 1: bench.connect(Connection.State.allCases[random.below(3)], at: now)
        case 2: bench.receive(.release(FeedBench.key(symbols[random.below(4)])), at: now)
        case let place: bench.tick(symbols[min(3, place % 5)], at: now)
        }
      }
      for symbol in symbols { bench.tick(symbol, at: now) }
      bench.connect(.connected, at: now)
      let told = open(bench.seen)
      #expect(told.isSubset(of: ["X reconnecting"]), "seed \(seed): \(told)")
      bench.advance(to: now + 1_000)
      let silent = open(bench.seen)
      #expect(
        silent.contains("X lost") || silent.count == 4,
        "seed \(seed): all went silent and only \(silent) was told"
      )
    }
  }
}
