public import OpenCombine

/// The lane as an OpenCombine `Scheduler`, for stock operators such as `debounce` and `delay`.
///
/// Actions run as turns of the lane, never inside `schedule`. Repeating actions are anchored at
/// their first date. Cancelling leaves no timer.
public struct LaneScheduler: Scheduler {
  public typealias SchedulerOptions = Never

  /// An instant, as OpenCombine wants it.
  public struct SchedulerTimeType: Strideable, Hashable, Sendable {
    /// The instant.
    public var instant: Instant

    /// Wraps an instant.
    public init(_ instant: Instant) { self.instant = instant }

    public func distance(to other: Self) -> Stride {
      Stride(nanoseconds: instant.nanoseconds(to: other.instant))
    }

    public func advanced(by stride: Stride) -> Self {
      Self(instant.advanced(byNanoseconds: stride.nanoseconds))
    }
  }

  let lane: Lane

  /// Makes a scheduler of a lane. The same as ``Lane/scheduler``.
  public init(_ lane: Lane) { self.lane = lane }

  public var now: SchedulerTimeType { SchedulerTimeType(lane.now) }
  public var minimumTolerance: SchedulerTimeType.Stride { .nanoseconds(0) }

  public func schedule(options: Never?, _ action: @escaping () -> Void) {
    let action = UncheckedAction(action)
    lane.execute { action.run() }
  }

  public func schedule(
    after date: SchedulerTimeType,
    tolerance: SchedulerTimeType.Stride,
    options: Never?,
    _ action: @escaping () -> Void
  ) {
    let action = UncheckedAction(action)
    _ = lane.loop.schedule(at: date.instant, on: lane) { action.run() }
  }

  public func schedule(
    after date: SchedulerTimeType,
    interval: SchedulerTimeType.Stride,
    tolerance: SchedulerTimeType.Stride,
    options: Never?,
    _ action: @escaping () -> Void
  ) -> any Cancellable {
    let repeater = Repeater(lane, every: interval.nanoseconds, action)
    repeater.arm(at: date.instant)
    return repeater
  }
}

extension Lane {
  /// The lane as an OpenCombine scheduler.
  public var scheduler: LaneScheduler { LaneScheduler(self) }
}

extension LaneScheduler.SchedulerTimeType {
  /// A duration in nanoseconds, as OpenCombine wants it.
  public struct Stride: SchedulerTimeIntervalConvertible, Comparable, SignedNumeric, Sendable {
    /// The duration in nanoseconds.
    public var nanoseconds: Int64

    /// Makes a stride of nanoseconds.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    /// Makes a stride of whole seconds.
    public init(integerLiteral seconds: Int64) { nanoseconds = seconds * 1_000_000_000 }
    /// Makes a stride of whole seconds, where they can be written.
    public init?<Source: BinaryInteger>(exactly seconds: Source) {
      guard let seconds = Int64(exactly: seconds) else { return nil }
      nanoseconds = seconds * 1_000_000_000
    }

    /// The stride without its sign.
    public var magnitude: Self { Self(nanoseconds: abs(nanoseconds)) }

    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
    /// The sum of two strides.
    public static func + (left: Self, right: Self) -> Self {
      Self(nanoseconds: left.nanoseconds + right.nanoseconds)
    }
    /// The difference of two strides.
    public static func - (left: Self, right: Self) -> Self {
      Self(nanoseconds: left.nanoseconds - right.nanoseconds)
    }
    /// The product of the nanoseconds of both: `SignedNumeric` asks for it.
    public static func * (left: Self, right: Self) -> Self {
      Self(nanoseconds: left.nanoseconds * right.nanoseconds)
    }
    /// Multiplies in place.
    public static func *= (left: inout Self, right: Self) { left = left * right }

    /// So many seconds.
    public static func seconds(_ seconds: Int) -> Self {
      Self(nanoseconds: Int64(seconds) * 1_000_000_000)
    }
    /// So many seconds, cut to whole nanoseconds.
    public static func seconds(_ seconds: Double) -> Self {
      Self(nanoseconds: Int64(seconds * 1e9))
    }
    /// So many milliseconds.
    public static func milliseconds(_ count: Int) -> Self {
      Self(nanoseconds: Int64(count) * 1_000_000)
    }
    /// So many microseconds.
    public static func microseconds(_ count: Int) -> Self {
      Self(nanoseconds: Int64(count) * 1_000)
    }
    /// So many nanoseconds.
    public static func nanoseconds(_ count: Int) -> Self { Self(nanoseconds: Int64(count)) }
  }
}

/// A closure on its way to its lane.
///
/// Unchecked because OpenCombine's schedulers take closures that are not `Sendable`. The closure is
/// made by an operator on this lane and run on this lane only.
private struct UncheckedAction: @unchecked Sendable {
  let run: () -> Void
  init(_ run: @escaping () -> Void) { self.run = run }
}

/// A repeating action. Unchecked: used on its lane only, like the operator that holds it.
private final class Repeater: Cancellable, @unchecked Sendable {
  private let lane: Lane
  private let interval: Int64
  private var action: (() -> Void)?
  private var timer: TimerID?

  init(_ lane: Lane, every interval: Int64, _ action: @escaping () -> Void) {
    self.lane = lane
    self.interval = max(1, interval)
    self.action = action
  }

  func arm(at instant: Instant) {
    timer = lane.loop.schedule(at: instant, on: lane) { [self] in
      guard let action else { return }
      action()
      if self.action != nil { arm(at: instant.advanced(byNanoseconds: interval)) }
    }
  }

  func cancel() {
    action = nil
    if let timer { lane.loop.cancelTimer(timer) }
    timer = nil
  }
}
