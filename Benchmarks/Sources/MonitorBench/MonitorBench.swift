internal import CBench
internal import Tocsin
internal import TocsinMonitors

/// Prints what the monitors cost on a mixed stream of 1,000 symbols: all of them, and each alone.
///
///     Benchmarks/run-monitors [EVENTS] [SYMBOLS] [MONITOR]
///
/// Given the name of a monitor, only it is measured; so a profiler sees nothing else.
/// Events are prepared beforehand. The first tenth warms up: what is new (a symbol, an order) is
/// allocated then. Times are of CPU, the best of three runs; a millisecond lies between two events.
@main
struct MonitorBench {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    let arguments = words.compactMap { Int($0) }
    let only = words.first { Int($0) == nil }
    let count = max(1_000, arguments.first ?? 1_000_000)
    let symbols = max(1, arguments.dropFirst().first ?? 1_000)
    let stream = MixedStream(count: count, symbols: symbols)
    print("\(count) events of \(symbols) symbols; \(MemoryLayout<TradingEvent>.size) bytes each")
    for (name, monitors) in Self.desks where only == nil || only == name {
      var best: Figures?
      for _ in 0..<3 {
        let figures = try Figures(stream, monitors)
        best = best.map { $0.nanoseconds < figures.nanoseconds ? $0 : figures } ?? figures
      }
      if let best { print("\(name): \(best)") }
    }
  }

  private static var desks: [(String, [Monitored])] {
    [("no monitor", [])] + Monitored.allCases.map { ($0.rawValue, [$0]) }
      + [("all", Monitored.allCases)]
  }
}

/// What one desk cost.
struct Figures: CustomStringConvertible {
  var nanoseconds: Double
  var allocations: Double?
  var bytesPerSymbol: Int

  init(_ stream: MixedStream, _ monitors: [Monitored]) throws {
    let heap = bench_heap_bytes()
    let desk = try Desk(monitors)
    let events = stream.events[...]
    let warm = events.count / 10
    desk.take(events.prefix(warm))
    let (calls, start) = (bench_allocations(), bench_cpu_nanoseconds())
    bench_set_counting(true)
    desk.take(events.dropFirst(warm))
    bench_set_counting(false)
    let measured = Double(events.count - warm)
    nanoseconds = Double(bench_cpu_nanoseconds() - start) / measured
    allocations =
      bench_counts_allocations() ? Double(bench_allocations() - calls) / measured : nil
    bytesPerSymbol = Int(bench_heap_bytes() - heap) / stream.symbols.count
    withExtendedLifetime(desk) {}
  }

  var description: String {
    let rate = Int(1e9 / nanoseconds)
    let counted = allocations.map { ", \(($0 * 1_000).rounded() / 1_000) allocations" } ?? ""
    return "\((nanoseconds * 10).rounded() / 10) ns an event (\(rate)/s)\(counted), "
      + "\(bytesPerSymbol) bytes a symbol"
  }
}
