import Tocsin

/// A limit over alerts as a list of what waits and a table of what every key was told.
final class LimitModel {
  /// When there is room.
  enum Gate {
    case bucket(period: Int64, burst: Int)
    case interval(Int64)
    case stride(Int)
  }

  struct Word {
    var told: Severity?
    var keptBack = 0
  }

  private let gate: Gate
  private let keepsRepeats: Bool
  private var words: [Int: Word] = [:]
  private var waiting: [KeyedAlert] = []
  private var lines: [String] = []
  private var (tokens, parts, skipped): (Int, Int64, Int) = (0, 0, 0)
  private var (due, last): (Int64, Int64?) = (.max, nil)

  init(_ gate: Gate, _ keepsRepeats: Bool) {
    self.gate = gate
    self.keepsRepeats = keepsRepeats
    if case .bucket(_, let burst) = gate { tokens = burst }
    if case .stride(let stride) = gate { skipped = stride - 1 }
  }

  func lines(_ moments: [(Int64, KeyedAlert)], until end: Int64) -> [String] {
    polled(moments, until: end, tick: tick) { take($1, at: $0) }
    while !waiting.isEmpty { release(at: end, "ended") }
    return lines
  }

  private func tick(_ time: Int64) {
    switch gate {
    case .bucket(let period, let burst):
      parts = tokens == burst ? 0 : parts + 1
      if parts >= period { (tokens, parts) = (tokens + 1, 0) }
      guard tokens > 0, !waiting.isEmpty else { return }
      tokens -= 1
      release(at: time, "passed")
    case .interval(let length):
      guard time == due, !waiting.isEmpty else { return }
      release(at: time, "sampled")
      (last, due) = (time, time + length)
    case .stride: break
    }
  }

  private func take(_ alert: KeyedAlert, at time: Int64) {
    if alert.phase == .resolved { return close(alert, at: time) }
    let isUrgent = alert.severity == .critical
    switch gate {
    case .bucket:
      if tokens == 0 && !isUrgent { return keepBack(alert) }
      tokens = max(0, tokens - 1)
      pass(alert, at: time, "passed")
    case .interval(let length):
      if isUrgent { return pass(alert, at: time, "passed") }
      let next = last.map { $0 + length } ?? time
      if waiting.isEmpty { due = next > time ? next : time + length }
      keepBack(alert)
    case .stride(let stride):
      if isUrgent { return pass(alert, at: time, "passed") }
      skipped += 1
      if skipped == stride {
        skipped = 0
        pass(alert, at: time, "sampled")
      } else if isNews(alert) {
        pass(alert, at: time, "passed")
      } else {
        keepBack(alert)
      }
    }
  }

  private func isNews(_ alert: KeyedAlert) -> Bool {
    words[alert.key]?.told.map { alert.severity > $0 } ?? true
  }

  private func keepBack(_ alert: KeyedAlert) {
    words[alert.key, default: Word()].keptBack += alert.occurrences
    guard keepsRepeats || isNews(alert) else { return }
    guard let place = waiting.firstIndex(where: { $0.key == alert.key }) else {
      return waiting.append(alert)
    }
    if alert.severity >= waiting[place].severity { waiting[place] = alert }
  }

  private func release(at time: Int64, _ reason: String) {
    let alert = waiting.removeFirst()
    words[alert.key, default: Word()].keptBack -= alert.occurrences
    pass(alert, at: time, reason)
  }

  private func pass(_ alert: KeyedAlert, at time: Int64, _ reason: String) {
    waiting.removeAll { $0.key == alert.key }
    let word = words[alert.key] ?? Word()
    var output = alert
    output.occurrences += word.keptBack
    words[alert.key] = Word(told: max(word.told ?? .info, alert.severity))
    lines.append("\(time) \(output) \(reason)")
  }

  private func close(_ alert: KeyedAlert, at time: Int64) {
    waiting.removeAll { $0.key == alert.key }
    guard let word = words[alert.key], word.told != nil else { return }
    words[alert.key] = nil
    var output = alert
    output.occurrences += word.keptBack
    lines.append("\(time) \(output) resolved")
  }
}
