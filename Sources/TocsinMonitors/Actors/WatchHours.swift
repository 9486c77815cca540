public import Tocsin

/// When silence means something: the hours in which a market is open, for instance.
///
/// Outside them nothing is missed. What is still silent when the hours begin again is told once its
/// limit has passed from then on, so a feed that dies at night is found in the morning.
public struct WatchHours: Sendable {
  private let next: @Sendable (Instant) -> Instant

  /// Makes hours of any kind.
  ///
  /// - Parameter nextOpening: The earliest instant, not before the given one, that is within the
  ///   hours: the given one itself when it is. ``Tocsin/Instant/distantFuture`` for never.
  public init(nextOpening: @escaping @Sendable (Instant) -> Instant) {
    next = nextOpening
  }

  /// Round the clock.
  public static let always = WatchHours { $0 }

  /// The same hours every day, in UTC.
  ///
  /// - Parameters:
  ///   - hours: From and to, since midnight, for instance `.hours(9)..<(.hours(17))`.
  ///   - isTradingDay: Whether a day, given as days since 1970-01-01, has hours at all. Monday to
  ///     Friday when not given.
  /// - Returns: The hours.
  public static func daily(
    _ hours: Range<Duration>,
    isTradingDay: @escaping @Sendable (_ day: Int) -> Bool = WatchHours.isWeekday
  ) -> WatchHours {
    WatchHours { instant in
      let parts = instant.nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
      let today = Int(parts.remainder < 0 ? parts.quotient - 1 : parts.quotient)
      for day in today..<today + 32 where isTradingDay(day) {
        let midnight = Instant.epoch.advanced(by: .days(day))
        if instant < midnight.advanced(by: hours.upperBound) {
          return max(instant, midnight.advanced(by: hours.lowerBound))
        }
      }
      return .distantFuture
    }
  }

  /// The given spans, which have to be sorted and must not overlap: the sessions of an exchange.
  /// O(log spans) a question.
  public static func sessions(_ spans: [Range<Instant>]) -> WatchHours {
    WatchHours { instant in
      let place = spans.partitioningIndex { $0.upperBound > instant }
      return place < spans.count ? max(instant, spans[place].lowerBound) : .distantFuture
    }
  }

  /// True from Monday to Friday.
  @Sendable
  public static func isWeekday(_ day: Int) -> Bool {
    let weekday = ((day + 4) % 7 + 7) % 7
    return (1...5).contains(weekday)
  }

  /// The earliest instant within the hours that is not before `instant`.
  public func nextOpening(_ instant: Instant) -> Instant { next(instant) }

  /// Whether an instant is within the hours.
  public func contains(_ instant: Instant) -> Bool { next(instant) == instant }
}

extension RandomAccessCollection {
  /// The first place whose element fulfils a condition that holds from some place on.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Index {
    var low = startIndex
    var length = count
    while length > 0 {
      let middle = index(low, offsetBy: length / 2)
      if holds(self[middle]) {
        length /= 2
      } else {
        low = index(after: middle)
        length -= length / 2 + 1
      }
    }
    return low
  }
}
