import CustomDump
import Testing

@testable import Tocsin

/// What limits do with alerts, told by a list of what every key was told and what was kept back.
@Suite struct LimitMemoryProperties {
  @Test(arguments: [Shortage.drop, .queue(limit: 3)])
  func `a rate limit of alerts agrees with the list`(shortage: Shortage) throws {
    try expectList { random, duration in
      let burst = Int.random(in: 1...3, using: &random)
      let period = Duration.nanoseconds(duration)
      return (
        .bucket(period: duration, burst: burst), shortage != .drop,
        RateLimit<KeyedAlert>(1, per: period, burst: burst, shortage),
        RateLimitOfEpisodes<KeyedAlert>(1, per: period, burst: burst, shortage)
      )
    }
  }

  @Test func `a sample of alerts agrees with the list`() throws {
    try expectList { _, duration in
      let interval = Duration.nanoseconds(duration)
      return (
        .interval(duration), true, Sample<KeyedAlert>(every: interval),
        SampleOfEpisodes<KeyedAlert>(every: interval)
      )
    }
  }

  @Test func `a sample by number of alerts agrees with the list`() throws {
    try expectList { random, _ in
      let stride = Int.random(in: 2...6, using: &random)
      return (
        .stride(stride), false, Timeless(base: SampleByCount<KeyedAlert>(stride)),
        Timeless(base: SampleByCountOfEpisodes<KeyedAlert>(stride))
      )
    }
  }

  func expectList<One: TimedRule & Codable, All: TimedRule & Codable>(
    _ make: (inout RuleRandom, Int64) -> (LimitModel.Gate, Bool, One, All)
  ) throws where One.Input == KeyedAlert, All.Input == KeyedAlert {
    for seed in 0..<300 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let duration = Int64.random(in: 1...25, using: &random)
      let (gate, keepsRepeats, one, all) = make(&random, duration)
      let moments = random.moments(50, around: [duration]) { $0.keyedAlert() }
      let single = moments.map { ($0.0, KeyedAlert(1, $0.1.alert)) }
      let end = moments[49].0 + random.pick([0, 1, duration, 60])
      let model = LimitModel(gate, keepsRepeats)
      let lines = model.lines(moments, until: end)
      expectRun(of: all, moments, until: end, gives: lines, seed: seed)
      try expectRestorable(all, moments, until: end, seed: seed)
      let own = LimitModel(gate, keepsRepeats).lines(single, until: end)
      expectRun(of: one, single, until: end, gives: own, seed: seed)
      try expectRestorable(one, single, until: end, seed: seed)
    }
  }

  @Test func `of too many keys the one not heard of for longest is forgotten`() {
    var memory = EpisodesMemory<KeyedAlert>(.none)
    let limit = EpisodesMemory<KeyedAlert>.limit
    for key in 0..<limit { _ = memory.pass(KeyedAlert(key, .warning), .passed) }
    expectNoDifference(memory.close(KeyedAlert(-1, .resolved)).reason, .neverAnnounced)
    _ = memory.pass(KeyedAlert(0, .warning), .passed)
    _ = memory.pass(KeyedAlert(limit, .warning), .passed)
    expectNoDifference(memory.episodes.count, limit)
    let known = [0, 1, 2, limit].filter { memory.episodes.slot(of: $0) != nil }
    expectNoDifference(known, [0, 2, limit])
    expectNoDifference(memory.close(KeyedAlert(1, .resolved)).reason, .resolved)
    #expect(memory.isNews(KeyedAlert(1, .info)) && !memory.isNews(KeyedAlert(2, .info)))
  }

  @Test func `that a key was forgotten is not forgotten with a restart`() throws {
    var memory = EpisodesMemory<KeyedAlert>(.none)
    memory.hasForgotten = true
    memory = try memory.writtenAndRead()
    expectNoDifference(memory.close(KeyedAlert(1, .resolved)).reason, .resolved)
  }

  @Test func `an episode that cannot say what it stands for leaves nothing behind`() {
    var memory = EpisodesMemory<KeyedPhase>(.none)
    _ = memory.pass(KeyedPhase(key: 1, phase: .firing), .passed)
    _ = memory.keepBack(KeyedPhase(key: 1, phase: .firing), .rateLimited)
    let closing = memory.close(KeyedPhase(key: 1, phase: .resolved))
    expectNoDifference(closing.reason, .resolved)
    expectNoDifference(memory.episodes.count, 0)
    #expect(memory.canBeForgotten)
    let again = memory.close(KeyedPhase(key: 1, phase: .resolved))
    expectNoDifference(again.reason, .neverAnnounced)
  }

  @Test func `of alerts that are as severe the newest waits, a milder one does not take its place`()
  {
    var one = StreamMemory<Alert>(.newest)
    var all = EpisodesMemory<Alert>(.newest)
    let alerts = [
      Alert("stale", .error, message: "old"), Alert("stale", .error, message: "new"),
      Alert("stale", .info, message: "mild"),
    ]
    for alert in alerts { _ = (one.keepBack(alert, .late), all.keepBack(alert, .late)) }
    let dues = [one.release(at: .epoch, .sampled), all.release(at: .epoch, .sampled)]
    expectNoDifference(dues.map { $0?.output.message }, ["new", "new"])
    expectNoDifference(dues.map { $0?.output.occurrences }, [3, 3])
  }

  @Test func `is not forgotten while something is owed or waits`() {
    var one = StreamMemory<KeyedAlert>(.none)
    var all = EpisodesMemory<KeyedAlert>(.none)
    func expectOwed(_ isOwed: Bool) {
      expectNoDifference([one.canBeForgotten, all.canBeForgotten], [!isOwed, !isOwed])
    }
    expectOwed(false)
    _ = (one.keepBack(KeyedAlert(1, .info), .late), all.keepBack(KeyedAlert(1, .info), .late))
    expectOwed(true)
    _ = (one.release(at: .epoch, .passed), all.release(at: .epoch, .passed))
    expectOwed(true)
    _ = (one.close(KeyedAlert(1, .resolved)), all.close(KeyedAlert(1, .resolved)))
    expectOwed(false)
  }
}

/// A condition of a key that knows of no number of occurrences.
struct KeyedPhase: KeyedEvent, Phased {
  var key: Int
  var phase: Phase
}
