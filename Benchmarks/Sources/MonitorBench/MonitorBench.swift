internal import CBench
internal import Foundation
internal import Tocsin
internal import TocsinMonitors

/// Prints what the monitors cost on a mixed stream of 1,000 symbols: all of them, and each alone.
///
///     Benchmarks/run-monitors [EVENTS] [SYMBOLS] [MONITOR]
///
/// Given the name of a monitor, only it is measured; so a profiler sees nothing else.
/// The first tenth warms up: what is new (a symbol, an order) is allocated then. Times are of CPU
/// without the making of the events, the best of three runs; a millisecond lies between two events.
@main
struct MonitorBench {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    let arguments = words.compactMap { Int($0) }
    let only = words.first { Int($0) == nil }
    let count = max(10_000, arguments.first ?? 1_000_000)
    let symbols = max(2, arguments.dropFirst().first ?? 1_000)
    print(
      "\(count) events of \(symbols) symbols; to make an event of a tick: \(Boxing.nanoseconds) ns"
    )
    for (name, monitors) in Self.desks where only == nil || only == name {
      var best: Figures?
      for _ in 0..<3 {
        let figures = try Figures(count, symbols, monitors)
        best = best.map { $0.nanoseconds < figures.nanoseconds ? $0 : figures } ?? figures
      }
      let half = try Figures(count, symbols / 2, monitors)
      best?.heapOfHalf = half.heap
      if let best { print("\(name): \(best)") }
    }
  }

  private static var desks: [(String, [Monitored])] {
    [("no monitor", [])] + Monitored.allCases.map { ($0.rawValue, [$0]) }
      + [("all", Monitored.allCases)]
  }
}

/// What whoever makes events pays for each: its box, and the release of the one before.
enum Boxing {
  static var nanoseconds: Double {
    let tick = Tick(symbol: "SYM1", venue: "VENUE", price: 12)
    var events = (0..<64).map { _ in event(of: tick) }
    let (count, start) = (1_000_000, bench_cpu_nanoseconds())
    for number in 0..<count { events[number % 64] = event(of: tick) }
    return (Double(bench_cpu_nanoseconds() - start) / Double(count) * 10).rounded() / 10
  }

  @inline(never)
  private static func event(of tick: Tick) -> TradingEvent { .tick(tick) }
}

/// What one desk cost.
struct Figures: CustomStringConvertible {
  /// How many events are made at once.
  static let portion = 1_024

  var nanoseconds = 0.0
  var allocations: Double?
  /// Bytes held at the end.
  var heap: Int
  /// The same with half as many symbols.
  var heapOfHalf = 0
  private let symbols: Int

  init(_ count: Int, _ symbols: Int, _ monitors: [Monitored]) throws {
    self.symbols = symbols
    var stream = MixedStream(symbols: symbols)
    let heapBefore = bench_heap_bytes()
    let desk = try Desk(monitors)
    heap = 0
    for _ in 0..<(count / 10 / Self.portion) { desk.take(stream.next(Self.portion)[...]) }
    let portions = count * 9 / 10 / Self.portion
    let calls = bench_allocations()
    var time: Int64 = 0
    for _ in 0..<portions {
      let events = stream.next(Self.portion)[...]
      let start = bench_cpu_nanoseconds()
      bench_set_counting(true)
      desk.take(events)
      bench_set_counting(false)
      time += bench_cpu_nanoseconds() - start
    }
    let measured = Double(portions * Self.portion)
    nanoseconds = Double(time) / measured
    allocations =
      bench_counts_allocations() ? Double(bench_allocations() - calls) / measured : nil
    stream = MixedStream(symbols: 2)
    heap = Int(bench_heap_bytes() - heapBefore)
    withExtendedLifetime(desk) {}
  }

  var description: String {
    let rate = Int(1e9 / nanoseconds)
    let counted = allocations.map { ", \(($0 * 1_000).rounded() / 1_000) allocations" } ?? ""
    let more = (heap - heapOfHalf) / (symbols - symbols / 2)
    return "\((nanoseconds * 10).rounded() / 10) ns an event (\(rate)/s)\(counted), "
      + "\(heap / symbols) bytes a symbol, \(more) for one more"
  }
}
