public import Tocsin

/// Keeps the checks of a system: when each has to start, which one hangs, how each component and
/// the whole are, and what changed.
///
/// Whoever runs the checks calls ``cutOff(at:)`` and then ``start(at:)`` when ``nextDeadline`` has
/// come, and reports each end with ``finish(_:_:at:)``, also of runs that were cut off: a check never
/// runs twice at once, so while a run hangs on after its limit, every interval counts as one more
/// failure and nothing is started. Calls are O(components).
public struct CheckLedger: Sendable {
  private struct Entry: Sendable {
    var rule: ConsecutiveFailures
    var dueAt: Instant
    var startedAt: Instant?
    var runs = 0
    var isChecked = false
    /// The run that was cut off and has not ended.
    var hanging: Int?

    var deadline: Instant { startedAt?.advanced(by: rule.policy.timeLimit) ?? dueAt }
  }

  /// The latest changes, oldest first.
  public private(set) var history: Recent<Recorded<HealthTransition>>
  /// Ends of runs that came after they were cut off, or twice, or of runs nobody started.
  public private(set) var lateCount = 0
  private var entries: [Entry] = []
  private var places: [String: Int] = [:]

  /// Makes a ledger without checks that remembers so many changes.
  public init(historyCapacity: Int = 1_000) {
    history = Recent(capacity: historyCapacity)
  }

  /// Adds a check, first due at `now`. A component that is already there is left as it is; false
  /// then.
  @discardableResult
  public mutating func add(_ component: String, _ policy: CheckPolicy, at now: Instant) -> Bool {
    guard places[component] == nil else { return false }
    places[component] = entries.count
    let rule = ConsecutiveFailures(component: component, policy: policy)
    entries.append(Entry(rule: rule, dueAt: now))
    return true
  }

  /// When the next check has to start or has to be cut off; the distant future without checks.
  public var nextDeadline: Instant { entries.map(\.deadline).min() ?? .distantFuture }

  /// The checks that have to start now, in the order they were added; they count as started. Cancel
  /// what you run for a check that is cut off.
  public mutating func start(at now: Instant) -> [CheckRun] {
    entries.indices.compactMap { place in
      guard entries[place].startedAt == nil, entries[place].hanging == nil,
        entries[place].dueAt <= now
      else { return nil }
      entries[place].startedAt = now
      entries[place].dueAt = now.advanced(by: entries[place].rule.policy.interval)
      entries[place].runs += 1
      return CheckRun(component: entries[place].rule.component, number: entries[place].runs)
    }
  }

  /// Takes the end of a run. An end at or after the time limit counts as a time-out; one that was
  /// cut off already is counted and ignored.
  public mutating func finish(
    _ run: CheckRun,
    _ outcome: CheckOutcome,
    at now: Instant
  ) -> HealthTransition? {
    guard let place = places[run.component], let started = entries[place].startedAt,
      entries[place].runs == run.number
    else {
      lateCount += 1
      return ended(run)
    }
    let limit = entries[place].rule.policy.timeLimit
    let isLate = started.duration(to: now) >= limit
    return settle(place, isLate ? .timedOut(after: limit) : outcome, at: now)
  }

  private mutating func ended(_ run: CheckRun) -> HealthTransition? {
    if let place = places[run.component], entries[place].hanging == run.number {
      entries[place].hanging = nil
    }
    return nil
  }

  /// Cuts off every check whose time limit is over, and counts those that hang on as failed once
  /// more when they are due; gives the changes this makes.
  public mutating func cutOff(at now: Instant) -> [HealthTransition] {
    entries.indices.compactMap { place in
      guard entries[place].deadline <= now else { return nil }
      let limit = entries[place].rule.policy.timeLimit
      if entries[place].startedAt != nil {
        entries[place].hanging = entries[place].runs
        // An interval that ends with the limit is this failure, not one more.
        if entries[place].dueAt <= entries[place].deadline {
          entries[place].dueAt = entries[place].deadline
            .advanced(by: entries[place].rule.policy.interval)
        }
        return settle(place, .timedOut(after: limit), at: entries[place].deadline)
      }
      guard entries[place].hanging != nil else { return nil }
      entries[place].dueAt = now.advanced(by: entries[place].rule.policy.interval)
      return settle(place, .timedOut(after: limit), at: now)
    }
  }

  /// Forgets a check, with what runs for it. False when there is none of that name.
  @discardableResult
  public mutating func remove(_ component: String) -> Bool {
    guard let place = places.removeValue(forKey: component) else { return false }
    entries.remove(at: place)
    for (name, old) in places where old > place { places[name] = old - 1 }
    return true
  }

  private mutating func settle(
    _ place: Int,
    _ outcome: CheckOutcome,
    at now: Instant
  ) -> HealthTransition? {
    entries[place].startedAt = nil
    entries[place].isChecked = true
    guard let transition = entries[place].rule.receive(outcome, at: now).output else { return nil }
    history.append(Recorded(transition, at: now))
    return transition
  }
}

extension CheckLedger {
  /// How a component is; nil when it is unknown or not checked yet.
  public func status(of component: String) -> HealthStatus? {
    guard let place = places[component], entries[place].isChecked else { return nil }
    return entries[place].rule.status
  }

  /// The components, in the order they were added, each with its status; nil before its first check.
  public var statuses: [(component: String, status: HealthStatus?)] {
    entries.map { ($0.rule.component, $0.isChecked ? $0.rule.status : nil) }
  }

  /// How the whole is: the worst of its components. Nil before the first check.
  public var overall: HealthStatus? { statuses.compactMap(\.status).max() }
}
