import Tocsin

/// The way of an index below its highest value, and the deepest it was.
struct DrawdownTrack: Hashable, Codable, Sendable {
  private(set) var peak = 1.0
  private(set) var peakAt: Instant
  private(set) var index = 1.0
  /// The way down that is not over.
  private(set) var open: DrawdownEpisode?
  private(set) var deepest: DrawdownEpisode?

  /// Begins at a peak of 1.
  init(at now: Instant) { peakAt = now }

  /// The index against its peak; at most 0.
  var current: Double { min(index / peak - 1, 0) }

  /// Takes the index; gives back the episode that is over because there is a new peak.
  mutating func mark(_ index: Double, at now: Instant) -> DrawdownEpisode? {
    self.index = index
    if index >= peak { return recover(at: now) }
    let depth = current
    guard depth < 0 else { return nil }
    if open == nil { open = DrawdownEpisode(start: peakAt, trough: now, depth: depth) }
    if let open, depth < open.depth { self.open?.trough = now; self.open?.depth = depth }
    noteDeepest()
    return nil
  }

  /// Begins anew at a peak of 1; gives back the episode that never recovered.
  mutating func restart(at now: Instant) -> DrawdownEpisode? {
    defer { open = nil }
    peak = 1
    peakAt = now
    index = 1
    return open
  }

  private mutating func recover(at now: Instant) -> DrawdownEpisode? {
    peak = index
    peakAt = now
    guard var over = open else { return nil }
    open = nil
    over.recovery = now
    if deepest?.start == over.start { deepest?.recovery = now }
    return over
  }

  private mutating func noteDeepest() {
    guard let open else { return }
    if let deepest, deepest.start != open.start, deepest.depth <= open.depth { return }
    deepest = open
  }
}
