import Tocsin

/// The last sign of life of a stream or of a venue, and the limit that its gaps teach.
struct GapLearner: Hashable, Codable, Sendable {
  /// Signs closer than this are one.
  static let resolution: Int64 = 10_000_000
  private static let readEvery: UInt8 = 16

  /// The last sign of life, in nanoseconds.
  private(set) var last: Int64
  /// The silence that is too much, in nanoseconds.
  var limit: Int64
  private(set) var estimate = GapEstimate()
  private var gapStart: Int64
  private var unread: UInt8 = 0

  init(start: Int64, limit: Int64) {
    (last, gapStart, self.limit) = (start, start, limit)
  }

  /// Notes a sign of life. True when the gap before it was learned and a new limit should be read.
  ///
  /// A gap that began before the floor is not one of the stream: nobody could hear it. It is not
  /// counted when it says nothing for another reason, and what is longer than the longest counts as
  /// that long.
  mutating func note(
    at now: Int64,
    since floor: Int64,
    isCounted: Bool,
    longest: Int64
  ) -> Bool {
    last = max(last, now)
    let gap = now &- gapStart
    guard gap >= Self.resolution else { return false }
    defer { gapStart = now }
    guard isCounted, gapStart >= floor else { return false }
    estimate.learn(min(gap, longest), at: now)
    unread += 1
    let isDue = unread >= Self.readEvery || estimate.weight < 64 || gap > limit / 2
    if isDue { unread = 0 }
    return isDue
  }
}
