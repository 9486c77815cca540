import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// An event with its own time.
struct Dated: Hashable, Sendable, CustomStringConvertible {
  var at: Instant
  var value: Int

  init(_ milliseconds: Int, _ value: Int) {
    at = .ms(milliseconds)
    self.value = value
  }

  var description: String { "\(value)@\(at.milliseconds)" }
}

/// The latest value, once nothing has come for a while. Made of the lane's deadlines alone.
final class TinyDebounce {
  private let local: LaneLocal
  private let quiet: Int64
  private let emit: (Dated) -> Void
  private var pending: (value: Dated, due: Int64)?
  private var id = -1

  init(_ local: LaneLocal, ms: Int, emit: @escaping (Dated) -> Void) {
    self.local = local
    quiet = Int64(ms) * 1_000_000
    self.emit = emit
    id = local.addDeadlines { [unowned self] now in fire(upTo: now) }
  }

  func receive(_ value: Dated) {
    // Before the watermark has come the lane has not fired what this chain is past already.
    let now = local.now
    _ = fire(upTo: now)
    local.now = now
    pending = (value, now + quiet)
    local.arm(id, at: now + quiet)
  }

  private func fire(upTo now: Int64) -> Int64 {
    guard let (value, due) = pending, due <= now else { return pending?.due ?? .max }
    pending = nil
    local.now = due
    emit(value)
    return .max
  }
}

/// Three sources in event time, with joins, deadlines and several stages of edges.
struct EventTimeGraph {
  let world = Timeline.virtual()
  let lane: Lane
  let log = Log<String>()
  let feeds: [Feed<Dated>]
  let sources: [EventSource]

  init() {
    let lane = world.eventTimeLane("events")
    let log = log
    self.lane = lane
    (feeds, sources) = world.perform(on: lane) {
      let feeds = (0..<3).map { Feed<Dated>("feed \($0)", on: lane, instant: \.at) }
      let own = feeds.map { _ in Outlet<Dated>() }
      let (joined, back) = (Outlet<Dated>(), Outlet<Dated>())
      let direct = feeds.map { _ in Outlet<Dated>() }
      func note(_ name: String, _ value: Dated) {
        log.add("\(name) \(value) at \(Double(lane.local.now) / 1e6)")
      }
      for ((feed, outlet), direct) in zip(zip(feeds, own), direct) {
        feed.each { outlet.send($0) }
        feed.each { if $0.value % 3 == 0 { outlet.send(Dated(-1, -$0.value)) } }
        let debounce = TinyDebounce(lane.local, ms: 4) { direct.send($0) }
        feed.each { debounce.receive($0) }
      }
      let debounce = TinyDebounce(lane.local, ms: 3) { joined.send($0) }
      for outlet in own {
        Inlet(outlet, on: lane).each {
          note("own", $0)
          debounce.receive($0)
          if $0.value % 7 == 0 { back.send($0) }
        }
      }
      Inlet(joined, on: lane).each { note("joined", $0) }
      for outlet in direct { Inlet(outlet, on: lane).each { note("direct", $0) } }
      Inlet(back, on: lane).each { note("back", $0) }
      return (feeds, feeds.map { _ in lane.addSource() })
    }
  }

  /// Gives the events in spans of a size (nil: all at once), the sources in a random order.
  func run(_ events: [[Dated]], size: Int?, seed: UInt64) -> [String] {
    var random = EngineRandom(seed: seed)
    var rest = events.map { $0[...] }
    while let _ = rest.firstIndex(where: { !$0.isEmpty }) {
      let source = random.below(rest.count)
      guard !rest[source].isEmpty else { continue }
      let span = Array(rest[source].prefix(size ?? .max))
      rest[source] = rest[source].dropFirst(span.count)
      world.perform(on: lane) {
        feeds[source].send(contentsOf: span)
        guard let last = span.last?.at, let next = rest[source].first?.at else {
          return sources[source].finish()
        }
        sources[source].reached(next > last ? last : last.advanced(byNanoseconds: -1))
      }
    }
    for (source, all) in zip(sources, events) where all.isEmpty {
      world.perform(on: lane) { source.finish() }
    }
    return log.entries
  }
}

@Suite struct EventTimeTests {
  static func events(_ random: inout EngineRandom) -> [[Dated]] {
    let steps = [0, 0, 0, 1, 1, 2, 3, 4, 4, 7, 20]
    return (0..<3).map { source in
      var (time, events) = (random.below(10), [Dated]())
      for number in 0..<random.below(120) {
        events.append(Dated(time, number * 3 + source))
        time += steps[random.below(steps.count)]
      }
      return events
    }
  }

  @Test(arguments: [1, 15, 16, 17, 63, 64, 65, 128, 300])
  func `of any number of edges the earliest goes first, and of equals the youngest`(edges: Int) {
    var random = EngineRandom(seed: UInt64(edges))
    let events = (0..<500).map { Dated($0 / 3, random.below(edges)) }
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("events")
    let log = Log<Dated>()
    world.perform(on: lane) {
      let feed = Feed<Dated>("feed", on: lane, instant: \.at)
      let outlets = (0..<edges).map { _ in Outlet<Dated>() }
      feed.each { outlets[$0.value].send($0) }
      let wires = outlets.map { Inlet($0, on: lane).sink { log.add($0) } }
      // What is cancelled takes its place among the edges with it, also while something waits.
      let gone = Outlet<Dated>()
      let wire = Inlet(gone, on: lane).sink { log.add($0) }
      gone.send(Dated(0, -1))
      wire.cancel()
      let source = lane.addSource()
      for span in stride(from: 0, to: events.count, by: 100) {
        feed.send(contentsOf: Array(events[span..<span + 100]))
        source.reached(events[span + 99].at.advanced(byNanoseconds: -1))
      }
      source.finish()
      withExtendedLifetime(wires) {}
    }
    let sorted = events.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.at != other.at { return one.at < other.at }
      if one.value != other.value { return one.value > other.value }
      return left.offset < right.offset
    }
    expectNoDifference(log.entries, sorted.map(\.element))
  }

  @Test func `results do not depend on the size of spans or on how sources interleave`() {
    var total = 0
    for seed in 0..<250 as Range<UInt64> {
      var random = EngineRandom(seed: seed)
      let events = Self.events(&random)
      let reference = EventTimeGraph().run(events, size: 1, seed: seed)
      total += reference.count
      #expect(reference.count { $0.hasPrefix("own") } >= events.joined().count)
      let sizes: [Int?] = [1, 3, 64, 256, nil]
      for (index, size) in sizes.enumerated() {
        let log = EventTimeGraph().run(events, size: size, seed: seed &* 31 &+ UInt64(index))
        guard log != reference else { continue }
        expectNoDifference(log, reference, "seed \(seed), spans of \(size ?? -1)")
        return
      }
    }
    #expect(total > 50_000)
  }

  @Test func `instants at a sink never go back`() {
    let graph = EventTimeGraph()
    let events = (0..<3).map { source in (0..<50).map { Dated($0 * (source + 1), $0) } }
    let log = graph.run(events, size: 5, seed: 7)
    let instants = log.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    #expect(instants == instants.sorted() && instants.count > 100)
  }

  @Test func `a source that lags holds time back, and its finish lets it go`() {
    let graph = EventTimeGraph()
    let (world, lane) = (graph.world, graph.lane)
    world.perform(on: lane) {
      graph.feeds[0].send(Dated(10, 1))
      graph.sources[0].reached(.ms(10))
      graph.sources[2].finish()
    }
    expectNoDifference(graph.log.entries, [])
    world.perform(on: lane) { graph.sources[1].reached(.ms(9)) }
    expectNoDifference(graph.log.entries, [])
    world.perform(on: lane) { graph.sources[1].reached(.ms(10)) }
    expectNoDifference(graph.log.entries, ["own 1@10 at 10.0"])
    world.perform(on: lane) { graph.sources[1].finish() }
    expectNoDifference(graph.log.entries.count, 1)
    world.perform(on: lane) { graph.sources[0].finish() }
    expectNoDifference(
      graph.log.entries,
      ["own 1@10 at 10.0", "joined 1@10 at 13.0", "direct 1@10 at 14.0"]
    )
  }

  @Test func `a lane in event time stands still while the time line moves`() {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("events")
    #expect(lane.isEventTime)
    let log = Log<Int64>()
    world.perform(on: lane) {
      let id = lane.local.addDeadlines {
        log.add($0)
        return .max
      }
      lane.local.arm(id, at: 1_000)
    }
    world.advance(by: .seconds(60))
    expectNoDifference(log.entries, [])
    world.perform(on: lane) { lane.advance(to: Instant(nanoseconds: 999)) }
    expectNoDifference(log.entries, [])
    world.perform(on: lane) { lane.advance(to: Instant(nanoseconds: 1_000)) }
    expectNoDifference(log.entries, [1_000])
    world.perform(on: lane) {
      lane.advance(to: .distantFuture)
      #expect(lane.now.nanoseconds == 1_000)
    }
  }

  @Test func `late events are taken at the instant before them, and counted for good`() {
    let world = Timeline.virtual()
    let lane = world.eventTimeLane("events")
    world.perform(on: lane) {
      let feed = Feed<Dated>(on: lane, instant: \.at)
      let log = Log<String>()
      let wire = feed.each { log.add("\($0) at \(lane.now.milliseconds)") }
      feed.send(contentsOf: [Dated(5, 0), Dated(3, 1), Dated(6, 2), Dated(6, 3)])
      feed.send(Dated(1, 4))
      expectNoDifference(log.entries, ["0@5 at 5", "1@3 at 5", "2@6 at 6", "3@6 at 6", "4@1 at 6"])
      #expect(feed.lateCount == 2)
      lane.advance(to: .ms(50))
      feed.send(Dated(49, 5))
      expectNoDifference(log.entries.last, "5@49 at 50")
      wire.cancel()
      #expect(feed.lateCount == 3)
    }
  }

  @Test func `elsewhere the instants of a dated feed are data`() {
    let world = Timeline.virtual(startingAt: .ms(7))
    let lane = world.lane("live")
    world.perform(on: lane) {
      let feed = Feed<Dated>(on: lane, instant: \.at)
      let log = Log<Int>()
      feed.each { _ in log.add(lane.now.milliseconds) }
      feed.send(contentsOf: [Dated(5, 0), Dated(3, 1)])
      expectNoDifference(log.entries, [7, 7])
      #expect(feed.lateCount == 0)
    }
  }

  @Test func `an outlet that several sources share is read in the order of time`() {
    let world = Timeline.virtual()
    for size in [1, 2, 10] {
      let lane = world.eventTimeLane("events")
      let log = Log<Int>()
      world.perform(on: lane) {
        let outlet = Outlet<Dated>()
        Inlet(outlet, on: lane).each {
          log.add($0.value)
          #expect(lane.now == $0.at)
        }
        let feeds = (0..<2).map { _ in Feed<Dated>(on: lane, instant: \.at) }
        for feed in feeds { feed.send(to: outlet) }
        for start in stride(from: 0, to: 20, by: size) {
          let span = start..<min(20, start + size)
          feeds[1].send(contentsOf: span.map { Dated($0 * 2 + 1, $0 * 2 + 1) })
          feeds[0].send(contentsOf: span.map { Dated($0 * 2, $0 * 2) })
        }
        lane.advance(to: .ms(100))
      }
      expectNoDifference(log.entries, Array(0..<40))
    }
  }
}
