import Tocsin

/// One thing that a ``HealthMonitor`` looks after.
public struct Check: Sendable {
  enum Kind: Sendable {
    case feed(FeedCheck)
    case broker(BrokerCheck)
    case orders(OrderCheck)
    case reconciliation(ReconciliationCheck)
    case probe(Probe)
  }

  let kind: Kind

  /// The streams of a venue: each by its own usual gaps, and the venue as a whole.
  ///
  /// ```swift
  /// Check.feed("BINANCE")                                          // learned limits, 5 s to 1 h
  /// Check.feed("BINANCE", silence: .adaptive(atMost: .minutes(10)))
  /// Check.feed("BINANCE", maxAge: .seconds(5))                     // one fixed limit
  /// ```
  ///
  /// - Parameters:
  ///   - venue: The venue, as in ``Tick/venue``; every venue when nil. Every symbol is watched on
  ///     its own, from its first tick on; see ``FeedWatch``.
  ///   - symbols: Symbols that are waited for from the start, so that a subscription which never
  ///     delivers is found too. Needs a venue.
  ///   - limits: How long streams may be silent.
  ///   - maxLag: How late its ticks may be by the venue's own clock; see ``VenueLag``. Not looked at
  ///     when nil.
  ///   - reconnects: How many reconnects are too many, where the monitor is given connections.
  ///   - streamLimit: How many streams are watched at most. One more is told.
  ///   - hours: When silence means something.
  /// - Returns: The check.
  public static func feed(
    _ venue: String? = nil,
    symbols: [String] = [],
    silence limits: SilenceLimits = .adaptive(),
    maxLag: Duration? = .seconds(5),
    reconnects: ReconnectLimit = ReconnectLimit(),
    streamLimit: Int = 10_000,
    during hours: WatchHours = .always
  ) -> Check {
    Check(
      kind: .feed(
        FeedCheck(
          venue: venue,
          symbols: symbols,
          limits: limits,
          maxLag: maxLag,
          reconnects: reconnects,
          streamLimit: streamLimit,
          hours: hours
        )
      )
    )
  }

  /// The streams of a venue: none may be silent for longer than `maxAge`.
  ///
  /// - Parameters:
  ///   - venue: The venue, as in ``Tick/venue``; every venue when nil.
  ///   - symbols: Symbols that are waited for from the start. Needs a venue.
  ///   - maxAge: How long a stream may be silent: busy or thin, this is the limit.
  ///   - maxLag: How late its ticks may be by the venue's own clock; see ``VenueLag``. Not looked at
  ///     when nil.
  ///   - hours: When silence means something.
  /// - Returns: The check.
  public static func feed(
    _ venue: String? = nil,
    symbols: [String] = [],
    maxAge: Duration,
    maxLag: Duration? = nil,
    during hours: WatchHours = .always
  ) -> Check {
    feed(venue, symbols: symbols, silence: .fixed(maxAge), maxLag: maxLag, during: hours)
  }

  /// The heartbeats of a broker, or of any other component.
  ///
  /// - Parameters:
  ///   - source: The component, as in ``Heartbeat/source``, waited for from the start. When nil,
  ///     every component is watched from its first heartbeat on.
  ///   - maxAge: How old the last heartbeat may be.
  ///   - maxLatency: Calls that take longer are slow; see ``HeartbeatAge``.
  ///   - hours: When silence means something.
  /// - Returns: The check.
  public static func broker(
    _ source: String? = nil,
    maxAge: Duration,
    maxLatency: Duration = .seconds(1),
    during hours: WatchHours = .always
  ) -> Check {
    Check(
      kind: .broker(
        BrokerCheck(source: source, maxAge: maxAge, maxLatency: maxLatency, hours: hours)
      )
    )
  }

  /// The order machine: no order may be in one state for too long; see ``OrderAges``.
  ///
  /// - Parameters:
  ///   - maxAge: How long an order may be in a state. States without a limit are not looked at.
  ///   - orderLimit: How many open orders are watched at most.
  /// - Returns: The check, of the component `orders`.
  public static func orders(
    maxAge: [OrderState: Duration] = OrderAges.usualLimits,
    orderLimit: Int = 10_000
  ) -> Check {
    Check(kind: .orders(OrderCheck(maxAge: maxAge, orderLimit: orderLimit)))
  }

  /// The reconciliation: how long a fill waits for the comparison of the books that includes it; see
  /// ``ReconciliationLag``.
  ///
  /// - Parameters:
  ///   - maxLag: How long it may wait.
  ///   - interval: How often the books have to be compared; only after fills when nil.
  ///   - hours: When a missing comparison means something.
  /// - Returns: The check, of the component `reconciliation`.
  public static func reconciliation(
    maxLag: Duration = .seconds(5),
    every interval: Duration? = nil,
    during hours: WatchHours = .always
  ) -> Check {
    let check = ReconciliationCheck(maxLag: maxLag, every: interval, hours: hours)
    return Check(kind: .reconciliation(check))
  }

  /// How full a disk of this machine is.
  ///
  /// - Parameters:
  ///   - path: Any file or folder on the disk.
  ///   - maxUsed: The fraction, 0…1, from which on it is too full.
  ///   - interval: From one reading to the next.
  /// - Returns: The check.
  public static func disk(
    _ path: String = "/",
    maxUsed: Double = 0.9,
    every interval: Duration = .seconds(30)
  ) -> Check {
    let limit = UsageLimit(failure: maxUsed)
    return custom("disk \(path)", every: interval) {
      limit.outcome(of: try DiskSpace(path: path).read())
    }
  }

  /// How full the memory is: of this machine, or of the container it is in when that is fuller. The
  /// reason says which.
  ///
  /// - Parameters:
  ///   - maxUsed: The fraction, 0…1, from which on it is too full.
  ///   - interval: From one reading to the next.
  /// - Returns: The check.
  public static func memory(
    maxUsed: Double = 0.8,
    every interval: Duration = .seconds(30)
  ) -> Check {
    let limit = UsageLimit(failure: maxUsed)
    return custom("memory", every: interval) {
      limit.outcome(of: try MemoryUse().strictest())
    }
  }

  /// A check of your own. What it throws counts as failed.
  ///
  /// - Parameters:
  ///   - name: The component, unique in its monitor.
  ///   - interval: From the start of one run to the start of the next.
  ///   - timeout: A run that takes longer is cancelled and counts as failed. At most the interval.
  ///   - probe: Looks. It should end when its task is cancelled.
  /// - Returns: The check.
  public static func custom(
    _ name: String,
    every interval: Duration = .seconds(30),
    timeout: Duration = .seconds(10),
    _ probe: @escaping @Sendable () async throws -> CheckOutcome
  ) -> Check {
    let policy = CheckPolicy(interval: interval, timeLimit: min(timeout, interval))
    return Check(kind: .probe(Probe(name: name, policy: policy, run: probe)))
  }
}

struct FeedCheck: Sendable {
  var venue: String?
  var symbols: [String]
  var limits: SilenceLimits
  var maxLag: Duration?
  var reconnects: ReconnectLimit
  var streamLimit: Int
  var hours: WatchHours
}

struct OrderCheck: Sendable {
  var maxAge: [OrderState: Duration]
  var orderLimit: Int
}

struct ReconciliationCheck: Sendable {
  var maxLag: Duration
  var every: Duration?
  var hours: WatchHours
}

struct BrokerCheck: Sendable {
  var source: String?
  var maxAge: Duration
  var maxLatency: Duration
  var hours: WatchHours
}

struct Probe: Sendable {
  var name: String
  var policy: CheckPolicy
  var run: @Sendable () async throws -> CheckOutcome

  func outcome() async -> CheckOutcome {
    do { return try await run() } catch { return .failed(reason: "\(error)") }
  }
}

/// Collects the checks of a monitor.
@resultBuilder
public enum CheckBuilder {
  public static func buildExpression(_ check: Check) -> [Check] { [check] }
  public static func buildBlock(_ checks: [Check]...) -> [Check] { checks.flatMap { $0 } }
  public static func buildOptional(_ checks: [Check]?) -> [Check] { checks ?? [] }
  public static func buildEither(first: [Check]) -> [Check] { first }
  public static func buildEither(second: [Check]) -> [Check] { second }
  public static func buildArray(_ checks: [[Check]]) -> [Check] { checks.flatMap { $0 } }
}
