public import Tocsin

/// How long streams may be silent: one fixed limit, or a limit for each that is learned from it.
///
/// A learned limit is the silence that a day of the stream's usual gaps exceeds
/// ``falseAlarmsPerDay`` times, never below ``atLeast`` and never above ``atMost``. A busy stream is
/// found mute within seconds, a thin one is left alone. Until a stream has shown two ticks its limit
/// is ``atMost``; the page on health has the rates that were measured.
public struct SilenceLimits: Hashable, Codable, Sendable {
  /// No stream counts as silent before; the silence of a whole venue neither.
  public var atLeast: Duration
  /// Every stream counts as silent after so long, whatever its rate.
  public var atMost: Duration
  /// How long the first tick of a stream that is waited for may take.
  public var firstWithin: Duration
  /// How often in a day one stream may be taken for silent though it only was quiet.
  public var falseAlarmsPerDay: Double

  /// Every stream may be silent for so long and no longer.
  public static func fixed(_ limit: Duration) -> SilenceLimits {
    SilenceLimits(
      atLeast: limit,
      atMost: limit,
      firstWithin: limit,
      falseAlarmsPerDay: 0.001
    )
  }

  /// Every stream has a limit of its own, learned from it.
  ///
  /// - Parameters:
  ///   - atLeast: The least limit.
  ///   - atMost: The greatest limit. Streams thinner than a tick in four minutes need a greater one.
  ///   - firstWithin: How long the first tick of a stream that is waited for may take.
  ///   - falseAlarmsPerDay: How often in a day one stream may be taken for silent. What is not
  ///     between 10⁻⁶ and 100 is brought there.
  /// - Returns: The limits. An `atMost` below `atLeast` counts as `atLeast`.
  public static func adaptive(
    atLeast: Duration = .seconds(5),
    atMost: Duration = .hours(1),
    firstWithin: Duration = .seconds(60),
    falseAlarmsPerDay: Double = 0.001
  ) -> SilenceLimits {
    let rate = falseAlarmsPerDay >= 1e-6 ? min(100, falseAlarmsPerDay) : 1e-6
    return SilenceLimits(
      atLeast: atLeast,
      atMost: max(atLeast, atMost),
      firstWithin: firstWithin,
      falseAlarmsPerDay: rate
    )
  }

  /// Whether there is anything to learn.
  public var isAdaptive: Bool { atLeast < atMost }
}

/// Silence limits in nanoseconds, worked out once.
struct SilenceBounds: Sendable {
  let low: Int64
  let high: Int64
  let falseAlarmsPerDay: Double

  init(_ limits: SilenceLimits) {
    low = limits.atLeast.wholeNanoseconds
    high = limits.atMost.wholeNanoseconds
    falseAlarmsPerDay = limits.falseAlarmsPerDay
  }

  /// The limit of what has such gaps, in nanoseconds.
  func limit(of estimate: GapEstimate, atLeast: Int64? = nil) -> Int64 {
    guard let unusual = estimate.unusual(perDay: falseAlarmsPerDay), unusual < Double(high) else {
      return high
    }
    return min(high, max(atLeast ?? low, Int64(unusual)))
  }
}
