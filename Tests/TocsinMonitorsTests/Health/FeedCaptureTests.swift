import CustomDump
import Testing
import Tocsin
import TocsinMonitors

@Suite(.enabled(if: VenueCaptures.isPresent, Comment(rawValue: VenueCaptures.comment)))
struct FeedCaptureTests {
  private struct Run {
    var alarms: [String] = []
    var afterEnd: [String] = []
    var streams: Set<StreamKey> = []
    var counts = VenueLag.Counts()
  }

  private func words(_ news: FeedNews) -> [String] {
    news.links.map { "\($0.venue) \($0.kind) \($0.phase)" }
      + news.ages.map { "\($0.stream) \($0.clock) \($0.phase)" }
  }

  /// One venue after another, as each was recorded on a day of its own.
  private func run(
    lag settings: VenueLag.Settings = VenueLag.Settings(),
    silence limits: SilenceLimits = .adaptive(),
    byKind: Bool = false
  ) throws -> [String: Run] {
    let venues = Dictionary(grouping: try VenueCaptures.messages(), by: \.tick.event.venue)
    return venues.mapValues { messages in
      var result = Run()
      var lag = VenueLag(settings)
      var watch = FeedWatch(limits)
      var end = Instant.distantPast
      for message in messages.sorted(by: { $0.tick.instant < $1.tick.instant }) {
        var tick = message.tick.event
        if byKind { tick.symbol += " \(message.kind)" }
        end = message.tick.instant
        result.streams.insert(tick.key)
        result.alarms += watch.allDue(at: end).flatMap { words($0.output) }
        result.alarms += watch.receive(.tick(tick.key), at: end).output.map(words) ?? []
        result.alarms += lag.receive(tick, at: end).output.map(words) ?? []
      }
      let later = end.advanced(by: .seconds(120))
      result.afterEnd = watch.allDue(at: later).flatMap { words($0.output) }
      result.counts = lag.counts
      return result
    }
  }

  /// Nothing is really wrong in the captures: the longest silence of a venue is 2.0 s (BITMEX,
  /// between the handshake and its snapshots), that of a stream 21.5 s (BITMEX TRXUSDT, a thin
  /// contract, with 1,600 messages of XBTUSD in the same half minute). So nothing may be told.
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

  @Test func `tells each venue once when its feed dies, and no stream`() throws {
    for (venue, run) in try run() { expectNoDifference(run.afterEnd, ["\(venue) lost firing"]) }
  }

  @Test func `would cry wolf at start-up without the warm-up`() throws {
    var settings = VenueLag.Settings()
    settings.warmUp = .zero
    settings.heldFor = .zero
    settings.limit = .seconds(4)
    let alarms = try run(lag: settings).values.flatMap(\.alarms).filter { $0.hasSuffix("firing") }
    #expect(alarms.contains { $0.hasPrefix("BITSTAMP") }, "\(alarms)")
  }

  @Test func `would take quiet markets for dead ones with a limit of ten seconds`() throws {
    let runs = try run(silence: .fixed(.seconds(10)))
    let quiet = runs.values.flatMap(\.alarms)
    #expect(quiet.contains("BITMEX/TRXUSDT receive firing"))
    #expect(!quiet.contains { $0.hasPrefix("BITMEX/XBTUSD") })
  }
}
