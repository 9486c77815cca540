import Tocsin

/// How the calls of the last so long ended. Amortised O(1) a call; 1,000 calls at most.
struct OutcomeWindow: Hashable, Codable, Sendable {
  enum Outcome: UInt8, Codable { case success, failure, rejection }

  private struct Entry: Hashable, Codable, Sendable {
    var instant: Instant
    var outcome: Outcome
  }

  static let limit = 1_000

  private var entries: [Entry] = []
  private var head = 0
  private(set) var failures = 0
  private(set) var rejections = 0

  var count: Int { entries.count - head }
  /// Failures ÷ calls; nil when there are none.
  var errorRate: Double? { count == 0 ? nil : Double(failures) / Double(count) }

  mutating func add(_ outcome: Outcome, at now: Instant, keeping length: Duration) {
    drop(through: now.advanced(by: .zero - length))
    if count == Self.limit { dropFirst() }
    entries.append(Entry(instant: now, outcome: outcome))
    count(outcome, 1)
  }

  /// A call is in the window for exactly its length: at the end of it, it is out.
  private mutating func drop(through instant: Instant) {
    while head < entries.count, entries[head].instant <= instant { dropFirst() }
  }

  private mutating func dropFirst() {
    count(entries[head].outcome, -1)
    head += 1
    guard head > 64 && head * 2 > entries.count else { return }
    entries.removeFirst(head)
    head = 0
  }

  private mutating func count(_ outcome: Outcome, _ step: Int) {
    switch outcome {
    case .success: break
    case .failure: failures += step
    case .rejection: rejections += step
    }
  }
}
