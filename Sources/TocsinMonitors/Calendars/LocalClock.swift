import Foundation
import Tocsin

/// Local time of a zone, to instants and back.
///
/// A local time that the clocks skip is the instant at which they skip it. Of a local time that
/// comes twice the first one is meant.
struct LocalClock: Hashable, Sendable {
  private let zone: TimeZone

  /// Nil when there is no such zone.
  init?(_ identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.zone = zone
  }

  /// Where clocks never change.
  static let utc = LocalClock(zone: .gmt)

  private init(zone: TimeZone) { self.zone = zone }

  var identifier: String { zone.identifier }

  /// Local seconds since 1970-01-01 00:00 local time, rounded down.
  func localSeconds(at instant: Instant) -> Int {
    let seconds = CalendarDate.floorQuotient(Int(instant.nanoseconds), 1_000_000_000)
    return seconds + offset(at: seconds)
  }

  /// The date at an instant.
  func date(at instant: Instant) -> CalendarDate {
    CalendarDate(
      daysSinceEpoch: CalendarDate.floorQuotient(localSeconds(at: instant), Self.day)
    )
  }

  /// The instant of a local time of a date, given since midnight. Negative is the day before.
  func instant(_ date: CalendarDate, _ time: Duration) -> Instant {
    let parts = time.wholeNanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let (whole, overflow) = date.daysSinceEpoch.multipliedReportingOverflow(by: Self.day)
    guard !overflow, abs(whole) < Self.farthest else {
      return date.daysSinceEpoch < 0 ? .distantPast : .distantFuture
    }
    let seconds = seconds(ofLocal: whole + Int(parts.quotient))
    return Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
      .advanced(byNanoseconds: parts.remainder)
  }

  /// Seconds since the epoch of local seconds.
  private func seconds(ofLocal local: Int) -> Int {
    let before = offset(at: local - Self.day)
    let after = offset(at: local + Self.day)
    let early = local - max(before, after)
    let late = local - min(before, after)
    for candidate in [early, late] where candidate + offset(at: candidate) == local {
      return candidate
    }
    return transition(between: early, and: late)
  }

  /// The first second, after `early` and up to `late`, that has the offset of `late`.
  private func transition(between early: Int, and late: Int) -> Int {
    let target = offset(at: late)
    var (low, high) = (early, late)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle) == target { high = middle } else { low = middle }
    }
    return high
  }

  private func offset(at seconds: Int) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
  }

  private static let day = 86_400
  /// Seconds that can be written in nanoseconds, with some days of room.
  private static let farthest = 9_222_000_000
}
