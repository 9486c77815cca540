import Tocsin
import TocsinMonitors

/// Drives a feed watch by the second and writes down in words what it tells.
struct FeedBench {
  var watch: FeedWatch
  var seen: [String] = []

  init(_ watch: FeedWatch) { self.watch = watch }

  static func key(_ symbol: String, _ venue: String = "X") -> StreamKey {
    StreamKey(venue: venue, symbol: symbol)
  }

  mutating func tick(_ symbol: String, _ venue: String = "X", at seconds: Double) {
    receive(.tick(Self.key(symbol, venue)), at: seconds)
  }

  mutating func receive(_ signal: FeedSignal, at seconds: Double) {
    advance(to: seconds)
    if let news = watch.receive(signal, at: at(seconds)).output { write(news, at(seconds)) }
  }

  mutating func connect(_ kind: Connection.State, _ venue: String = "X", at seconds: Double) {
    receive(.connection(Connection(source: venue, kind)), at: seconds)
  }

  mutating func advance(to seconds: Double) {
    for due in watch.allDue(at: at(seconds)) { write(due.output, due.instant) }
  }

  /// What was told since the last call.
  mutating func take() -> [String] {
    defer { seen = [] }
    return seen
  }

  private mutating func write(_ news: FeedNews, _ now: Instant) {
    let second = "\((Double(now.nanoseconds) / 1e6).rounded() / 1e3)"
    let time = second.hasSuffix(".0") ? String(second.dropLast(2)) : second
    seen += news.links.map { "\(time) \($0.venue) \($0.kind) \($0.phase)" }
    seen += news.ages.map { "\(time) \($0.stream.symbol) \($0.phase)" }
    if let count = news.fullAt { seen.append("\(time) full at \(count)") }
  }
}
