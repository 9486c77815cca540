/// A line on the terminal that says how far a run has come.
struct ProgressBar {
  private let output: Output
  private let start: Int64
  private var drawnAt = Int64.min
  private var isDrawn = false

  init(_ output: Output, now: Int64) {
    self.output = output
    start = now
  }

  /// Draws the line, at most ten times a second, and only on a terminal.
  mutating func show(_ fraction: Double?, events: Int, now: Int64) {
    guard output.isTerminal, now - 100_000_000 >= max(drawnAt, .min + 100_000_000) else { return }
    drawnAt = now
    isDrawn = true
    let line = Self.line(
      fraction,
      events: events,
      seconds: Double(now - start) / 1e9,
      columns: output.columns
    )
    output.write("\r\u{1B}[K" + line)
    output.flush()
  }

  /// Takes the line away, before something else is printed.
  mutating func clear() {
    guard isDrawn else { return }
    isDrawn = false
    drawnAt = .min
    output.write("\r\u{1B}[K")
    output.flush()
  }

  /// `[#####     ]  52 %  123,456 events  1,200,000/s  0:03 left`, as much of it as fits.
  static func line(_ fraction: Double?, events: Int, seconds: Double, columns: Int) -> String {
    let rate = seconds > 0.05 ? Double(events) / seconds : 0
    var parts = ["\(events.grouped) events"]
    if rate > 0 { parts.append("\(Int(rate).grouped)/s") }
    if let fraction {
      parts.insert("\(Int(fraction * 100))".rightAligned(3) + " %", at: 0)
      if fraction > 0.01, seconds > 0.5 {
        parts.append(clock(seconds / fraction - seconds) + " left")
      }
    }
    var text = parts.joined(separator: "  ")
    let room = min(40, columns - text.count - 4)
    if let fraction, room >= 6 {
      let filled = Int(Double(room) * min(max(fraction, 0), 1))
      let bar = String(repeating: "#", count: filled)
      text = "[\(bar.padded(room))] \(text)"
    }
    return String(text.prefix(max(1, columns - 1)))
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 359_999))
    let pad = whole % 60 < 10 ? "0" : ""
    return "\(whole / 60):\(pad)\(whole % 60)"
  }
}
