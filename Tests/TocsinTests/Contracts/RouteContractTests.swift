import CustomDump
import Logging
import Testing

@testable import Tocsin

/// What docs/contracts.md says about routes: who was told of an episode is told of its end.
@Suite struct RouteContractTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let letters: String
    let pager: String
    var chat = ""
    var file = ""
  }

  /// Letters as of ``MarkedAlert``; `123` are resolved alerts of the severities above `info`.
  static let rows = [
    Row(testDescription: "at another severity", letters: "cr", pager: "cr"),
    Row(testDescription: "raised", letters: "wec3", pager: "cr", chat: "er", file: "wr"),
    Row(testDescription: "lowered", letters: "cw1", pager: "cr", file: "wr"),
    Row(testDescription: "repeated", letters: "cccr", pager: "cccr"),
    Row(testDescription: "nobody told", letters: "2r3", pager: "r", chat: "r", file: "r"),
    Row(testDescription: "ended twice", letters: "crr", pager: "cr", file: "r"),
    Row(testDescription: "open again", letters: "cri3", pager: "cr", file: "ir"),
    Row(testDescription: "two keys", letters: "cErR", pager: "cr", chat: "ER"),
  ]

  private static func alert(_ letter: Character) -> MarkedAlert {
    guard let rank = letter.wholeNumberValue else { return MarkedAlert(letter) }
    var alert = MarkedAlert("r")
    alert.severity = Severity.allCases[rank]
    return alert
  }

  private static func letter(of alert: MarkedAlert) -> Character {
    let letter = alert.phase == .resolved ? "r" : alert.severity.description.first ?? "?"
    return alert.key == 1 ? letter : Character(letter.uppercased())
  }

  @Test(arguments: rows) func `who was told of an episode is told of its end`(row: Row) throws {
    let sinks = ["pager", "chat", "file"].map { Outlet<MarkedAlert>($0) }
    let graph = MonitorGraph("desk") { lane in
      Tap(lane.input("in", of: MarkedAlert.self)).route {
        On(.critical) { sinks[0] }
        On(.error) { sinks[1] }
        Otherwise { sinks[2] }
      }
    }
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let logs = sinks.map { _ in Log<Character>() }
    world.perform(on: lane) {
      for (sink, log) in zip(sinks, logs) {
        Inlet(sink, on: lane).each { log.add(Self.letter(of: $0)) }
      }
    }
    let running = try graph.start(on: lane, in: world)
    try running.input("in", of: MarkedAlert.self).send(contentsOf: row.letters.map(Self.alert))
    world.settle()
    expectNoDifference(logs.map { String($0.entries) }, [row.pager, row.chat, row.file])
    let node = try running.snapshot(in: world).node("in/route")
    expectNoDifference([node.received, node.passed], [row.letters.count, row.letters.count])
  }

  @Test func `a decision names the sinks that it went to`() throws {
    let sinks = ["pager", "file"].map { Outlet<Alert>($0) }
    let lines = Lines()
    let graph = MonitorGraph("desk", sinks: sinks) { lane in
      Tap(lane.input("in", of: Alert.self)).route {
        On(.critical) {
          "pager"; "file"
        }
        Otherwise { "file" }
      }
    }
    let run = try TracedRun(graph, logger: Logger(label: "test") { _ in LineHandler(lines) })
    try run.send(Alert("a", .warning))
    try run.send(Alert("a", .critical))
    try run.send(Alert("a", .info, phase: .resolved))
    try run.send(Alert("a", .info, phase: .resolved))
    let named = lines.all.compactMap { $0.split(separator: "sinks=").last }
    let expected = ["file", "pager, file", "pager, file", "file"]
    #expect(run.roots.count == 4 && named.count == 4)
    for (line, sinks) in zip(named, expected) { #expect(line.hasPrefix(sinks)) }
    let last = named.filter { $0.contains("pager") }.count
    expectNoDifference(last, 2)
  }

  @Test func `every sink's last word about a key is the truth`() {
    var ends = 0
    for seed in 0..<400 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let rows = Severity.allCases.map { _ in
        let sinks = (0..<4).filter { _ in random.pick([true, false]) }
        return sinks.isEmpty ? [random.pick([0, 1, 2, 3])] : sinks
      }
      let desk = RouteDesk(rows)
      for step in 0..<60 {
        var alert = MarkedAlert(random.pick(Array("iwecrr")))
        alert.severity = random.pick(Severity.allCases)
        alert.key = random.pick([1, 2, 3])
        let own = rows[Int(alert.severity.rawValue)]
        let open = (0..<4).filter { desk.words[$0][alert.key] == .firing }
        desk.send(alert)
        let isEnd = alert.phase == .resolved && !open.isEmpty
        expectNoDifference(desk.heard.sorted(), isEnd ? open : own, "seed \(seed), step \(step)")
        if isEnd && open != own { ends += 1 }
        if desk.heard.sorted() != (isEnd ? open : own) { return }
      }
    }
    #expect(ends > 1_000)
  }

  @Test func `a route whose severities all go to the same sinks remembers nothing`() {
    let same = RouteDesk([[0, 1], [1, 0], [0, 1], [0, 1]])
    let apart = RouteDesk([[0, 1], [1, 0], [0, 1], [0]])
    for desk in [same, apart] { desk.send(MarkedAlert("c")) }
    expectNoDifference(same.table.told.episodes.count, 0)
    expectNoDifference(apart.table.told.episodes.count, 1)
    apart.send(MarkedAlert("r"))
    expectNoDifference(apart.table.told.episodes.count, 0)
  }

  @Test func `of too many open keys the one heard of longest ago is forgotten, and it is said`() {
    let desk = RouteDesk([[0], [0], [0], [1]], limit: 2)
    func send(_ letter: Character, key: Int) {
      var alert = MarkedAlert(letter)
      alert.key = key
      desk.send(alert)
    }
    send("c", key: 1)
    send("c", key: 2)
    send("c", key: 1)
    #expect(desk.table.node.lastError == nil)
    send("c", key: 3)
    expectNoDifference(
      desk.table.node.lastError,
      "More than 2 alerts are open: who was told of the oldest (1 so far) is forgotten, and their "
        + "ends go where their own severity belongs."
    )
    let heard = [1, 2, 3].map { key in
      send("r", key: key)
      return desk.heard
    }
    expectNoDifference(heard, [[1], [0], [1]])
  }

  @Test func `who was told is forgotten after seven days without a word`() {
    let week: Int64 = 7 * 86_400 * 1_000_000_000
    for (gap, expected) in [(week - 1, 8), (week, 1)] as [(Int64, UInt8)] {
      var memory = ToldMemory<Int>()
      let (first, again) = (Instant(nanoseconds: .min), Instant(nanoseconds: .min + week - 1))
      #expect(memory.places(for: 1, .critical, .firing, at: first) == 8)
      #expect(memory.places(for: 1, .critical, .firing, at: again) == 8)
      let end = again.advanced(byNanoseconds: gap)
      #expect(memory.places(for: 1, .info, .resolved, at: end) == expected)
      #expect(memory.episodes.count == 0 && memory.forgotten == 0)
    }
  }
}
