import CustomDump
import Testing
import Tocsin
import TocsinMonitors

@Suite(.enabled(if: VenueCaptures.isPresent, Comment(rawValue: VenueCaptures.comment)))
struct FeedCaptureTests {
  private struct Run {
    var alarms: [FeedAge] = []
    var silentAfterEnd = 0
    var streams: Set<StreamKey> = []
    var counts = VenueLag.Counts()
  }

  /// One venue after another, as each was recorded on a day of its own.
  private func run(
    lag settings: VenueLag.Settings = VenueLag.Settings(),
    gap limit: Duration = .seconds(60),
    byKind: Bool = false
  ) throws -> [String: Run] {
    let venues = Dictionary(grouping: try VenueCaptures.messages(), by: \.tick.event.venue)
    return venues.mapValues { messages in
      var result = Run()
      var lag = VenueLag(settings)
      var gap = ReceiveGap(limit: limit)
      var end = Instant.distantPast
      for message in messages.sorted(by: { $0.tick.instant < $1.tick.instant }) {
        var tick = message.tick.event
        if byKind { tick.symbol += " \(message.kind)" }
        end = message.tick.instant
        result.streams.insert(tick.key)
        result.alarms += gap.allDue(at: end).map(\.output)
        if let age = gap.receive(tick, at: end).output { result.alarms.append(age) }
        if let age = lag.receive(tick, at: end).output { result.alarms.append(age) }
      }
      result.silentAfterEnd = gap.allDue(at: end.advanced(by: .seconds(120))).count
      result.counts = lag.counts
      return result
    }
  }

  @Test func `raises nothing on healthy feeds with the defaults`() throws {
    let runs = try run()
    expectNoDifference(
      runs.keys.sorted(),
      ["BINANCE_FUTURES", "BITMEX", "BITSTAMP", "COINBASE"]
    )
    expectNoDifference(runs.values.flatMap(\.alarms), [])
  }

  @Test func `raises nothing when every channel is a stream of its own`() throws {
    expectNoDifference(try run(byKind: true).values.flatMap(\.alarms), [])
  }

  @Test func `counts the skewed clocks of two venues and takes them for no alarm`() throws {
    let negative = try run().mapValues(\.counts.negative)
    #expect(negative["BITMEX"] == 0)
    #expect(negative["BINANCE_FUTURES"] == 0)
    #expect(negative["BITSTAMP", default: 0] > 300)
    #expect(negative["COINBASE", default: 0] > 5_000)
  }

  @Test func `tells every stream once when the feed dies`() throws {
    for run in try run().values { #expect(run.silentAfterEnd == run.streams.count) }
  }

  @Test func `would cry wolf at start-up without the warm-up`() throws {
    var settings = VenueLag.Settings()
    settings.warmUp = .zero
    settings.heldFor = .zero
    settings.limit = .seconds(4)
    let alarms = try run(lag: settings).values.flatMap(\.alarms).filter { $0.phase == .firing }
    #expect(Set(alarms.map(\.stream.venue)) == ["BITSTAMP"])
  }

  @Test func `would take quiet markets for dead ones with a limit of ten seconds`() throws {
    let runs = try run(gap: .seconds(10))
    let quiet = runs.values.flatMap(\.alarms).filter { $0.phase == .firing }.map(\.stream)
    #expect(quiet.contains(StreamKey(venue: "BITMEX", symbol: "TRXUSDT")))
    #expect(!quiet.contains(StreamKey(venue: "BITMEX", symbol: "XBTUSD")))
  }
}
