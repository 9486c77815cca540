public import Tocsin

/// Decides which records of a stream may go on, so that what is delivered never repeats and never
/// goes back in time.
///
/// - A record whose fingerprint is among the last `remembered` accepted ones is a duplicate. Two
///   lines that are alike in every byte, also in `at`, cannot be told apart unless they have ids.
/// - A record more than `tolerance` before the latest accepted one is out of order. One within the
///   tolerance is accepted at the latest accepted instant: delivered instants never go back.
/// - A record more than `maximumJump` after the latest accepted one, or after `latest`, is
///   future-dated.
///
/// What is refused changes nothing, so one line of the year 2200 does not make all later lines out
/// of order. Nothing comes before the first record: only `latest` can protect against a first
/// record of a wrong date. O(1) per record.
public struct IntakeGuard: Sendable {
  /// How far a record may be behind the latest accepted one.
  public var tolerance: Duration
  /// How far a record may be ahead of the latest accepted one: the longest pause of a recording.
  public var maximumJump: Duration
  /// No record is later than this. Give the present for recordings of the past.
  public var latest: Instant

  /// The latest accepted instant; nil before the first.
  public private(set) var last: Instant?
  private var recent: RecentSet

  /// Makes a guard.
  ///
  /// - Parameters:
  ///   - tolerance: How far a record may be behind the latest accepted one.
  ///   - maximumJump: How far a record may be ahead of it.
  ///   - latest: No record is later than this.
  ///   - remembered: How many accepted records a new one is compared with. 16 to 40 bytes each.
  public init(
    tolerance: Duration = .zero,
    maximumJump: Duration = .seconds(366 * 86_400),
    latest: Instant = .distantFuture,
    remembered: Int = 100_000
  ) {
    self.tolerance = tolerance
    self.maximumJump = maximumJump
    self.latest = latest
    recent = RecentSet(capacity: remembered)
  }

  /// The instant at which the record goes on.
  mutating func admit(_ instant: Instant, fingerprint: UInt64) throws(LineFault) -> Instant {
    guard !recent.contains(fingerprint) else {
      throw LineFault(.duplicate, "the same line, or its id, was accepted before; remove one")
    }
    try checkTime(instant)
    recent.insert(fingerprint)
    let delivered = max(instant, last ?? instant)
    last = delivered
    return delivered
  }

  private func checkTime(_ instant: Instant) throws(LineFault) {
    guard instant <= latest else {
      throw LineFault(
        .futureDated,
        "\(RFC3339.text(instant)) is after \(RFC3339.text(latest)); correct its date"
      )
    }
    guard let last else { return }
    let ahead = last.duration(to: instant)
    guard ahead >= .zero - tolerance else {
      throw LineFault(
        .outOfOrder,
        "\(RFC3339.text(instant)) is before \(RFC3339.text(last)), which was accepted before it; "
          + "sort the file, or allow a tolerance"
      )
    }
    guard ahead <= maximumJump else {
      throw LineFault(
        .futureDated,
        "\(RFC3339.text(instant)) is more than \(maximumJump) after \(RFC3339.text(last)); "
          + "correct its date, or allow a longer jump if the pause is real"
      )
    }
  }
}

/// The last so many hashes, oldest out first.
private struct RecentSet: Sendable {
  private let capacity: Int
  private var members: Set<UInt64> = []
  private var ring: [UInt64] = []
  private var oldest = 0

  init(capacity: Int) { self.capacity = max(0, capacity) }

  func contains(_ hash: UInt64) -> Bool { members.contains(hash) }

  mutating func insert(_ hash: UInt64) {
    guard capacity > 0 else { return }
    members.insert(hash)
    guard ring.count == capacity else { return ring.append(hash) }
    members.remove(ring[oldest])
    ring[oldest] = hash
    oldest = oldest + 1 == capacity ? 0 : oldest + 1
  }
}
