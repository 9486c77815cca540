import Tocsin
import TocsinMonitors

/// One run of the program: takes recorded events, paces them, and prints what the graph tells.
final class Watch {
  /// Thrown to end a run early, after Ctrl-C.
  struct Interrupted: Error {}

  let runner: Runner
  private(set) var alerts: [RoutedAlert] = []
  private let printer: AlertPrinter
  private let output: Output
  private var bar: ProgressBar
  private var pacer: Pacer
  private let start: Int64
  private let batchSize: Int
  private var pending: [Recorded<TradingEvent>] = []

  init(_ runner: Runner, _ common: CommonArguments, _ output: Output, _ errors: Output) {
    self.runner = runner
    self.output = output
    printer = AlertPrinter(isJSON: common.json, style: Style(hasColour: output.hasColour))
    start = RealWorld.now()
    bar = ProgressBar(errors, now: start)
    pacer = Pacer(common.speed, now: start)
    batchSize = common.speed == .max ? 256 : 1
    pending.reserveCapacity(batchSize)
  }

  /// Seconds since the run began.
  var elapsed: Double { Double(RealWorld.now() - start) / 1e9 }

  /// Takes the next event.
  ///
  /// - Parameters:
  ///   - event: Not earlier than the one before it.
  ///   - fraction: How far the run has come, 0…1, if that is known.
  /// - Throws: ``Interrupted`` after Ctrl-C.
  func take(
    _ event: Recorded<TradingEvent>,
    fraction: @autoclosure () -> Double?
  ) throws(Interrupted) {
    if let deadline = pacer.deadline(of: event.instant) {
      bar.show(fraction(), events: runner.eventCount, now: RealWorld.now())
      RealWorld.sleep(until: deadline)
    }
    pending.append(event)
    guard pending.count >= batchSize else { return }
    pump()
    bar.show(fraction(), events: runner.eventCount, now: RealWorld.now())
    if Signals.isInterrupted { throw Interrupted() }
  }

  /// Takes what is left and puts the progress bar away.
  func finish() {
    pump()
    bar.clear()
  }

  /// Clears the bar, so that something can be written to the terminal.
  func clearBar() { bar.clear() }

  private func pump() {
    let fresh = runner.take(pending[...])
    pending.removeAll(keepingCapacity: true)
    guard !fresh.isEmpty else { return }
    alerts += fresh
    bar.clear()
    for alert in fresh { output.line(printer.line(alert)) }
    output.flush()
  }
}
