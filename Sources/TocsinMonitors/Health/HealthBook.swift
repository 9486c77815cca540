import Tocsin

/// Keeps what is known of the components: how each is, what was told of it, what is muted, and the
/// changes.
///
/// Several checks may speak of one component; it is as bad as the worst of them says. Muting filters
/// what is told, never what is known: the end of what was told before is told in any case, and what
/// is still wrong at the end of the maintenance is told then. Components beyond the limit are told
/// and not remembered as long as they are well.
struct HealthBook: Sendable {
  private struct Entry: Sendable {
    var component: HealthComponent
    var told = HealthStatus.healthy
    /// What each check that finds something says.
    var findings: [Int: HealthTransition] = [:]

    /// The worst of them; of equally bad ones that of the first check.
    var worst: HealthTransition? {
      findings.max { ($0.value.to, $1.key) < ($1.value.to, $0.key) }?.value
    }
  }

  /// The latest changes, muted ones too, oldest first.
  private(set) var history: Recent<Recorded<HealthTransition>>
  /// How many changes there were.
  private(set) var changeCount = 0
  private var entries: [String: Entry] = [:]
  private var mutes: [String: String] = [:]
  private let componentLimit: Int

  init(historyCapacity: Int = 1_000, componentLimit: Int = 100_000) {
    history = Recent(capacity: historyCapacity)
    self.componentLimit = max(1, componentLimit)
  }

  var count: Int { entries.count }
  var statuses: [String: HealthStatus] { entries.mapValues(\.component.status) }
  func status(of component: String) -> HealthStatus? { entries[component]?.component.status }

  /// The worst of all. O(components).
  var overall: HealthStatus { entries.values.lazy.map(\.component.status).max() ?? .healthy }

  /// The components by name. O(n log n).
  func report(at now: Instant) -> HealthReport {
    let components = entries.values.map { entry in
      var component = entry.component
      component.mutedBecause = mute(of: component.name)
      return component
    }
    return HealthReport(at: now, components.sorted { $0.name < $1.name })
  }

  /// Takes what a check says of a component; gives what is told.
  mutating func take(
    _ transition: HealthTransition,
    from check: Int,
    at now: Instant
  ) -> HealthTransition? {
    let isKnown = entries[transition.component] != nil
    guard isKnown || transition.to != .healthy else { return nil }
    var entry = entries[transition.component] ?? Entry(component: Self.unknown(transition, now))
    let before = entry.component.status
    entry.findings[check] = transition.to == .healthy ? nil : transition
    let said = entry.worst ?? transition
    let isNews = said.to != before
    (entry.component.reason, entry.component.value) = (said.reason, said.value)
    if isNews { (entry.component.status, entry.component.since) = (said.to, now) }
    defer { keep(entry) }
    guard isNews else { return nil }
    return note(&entry, from: before, at: now)
  }

  private static func unknown(_ transition: HealthTransition, _ now: Instant) -> HealthComponent {
    HealthComponent(name: transition.component, status: .healthy, since: now, reason: "")
  }

  private mutating func keep(_ entry: Entry) {
    let name = entry.component.name
    let isKnown = entries[name] != nil || entries.count < componentLimit
    if isKnown || entry.component.status != .healthy { entries[name] = entry }
  }

  private mutating func note(
    _ entry: inout Entry,
    from before: HealthStatus,
    at now: Instant
  ) -> HealthTransition? {
    let mute = mute(of: entry.component.name)
    let isOwed = entry.component.status == .healthy && entry.told != .healthy
    var transition = Self.transition(entry, from: before)
    if !isOwed { transition.mutedBecause = mute }
    history.append(Recorded(transition, at: now))
    changeCount += 1
    guard transition.mutedBecause == nil else { return nil }
    if mute != nil { transition.from = entry.told }
    entry.told = transition.to
    return transition
  }

  private static func transition(_ entry: Entry, from before: HealthStatus) -> HealthTransition {
    HealthTransition(
      component: entry.component.name,
      from: before,
      to: entry.component.status,
      reason: entry.component.reason,
      value: entry.component.value
    )
  }
}

// Maintenance.
extension HealthBook {
  /// The reason why a component is muted: by its own name or by the name of its venue.
  private func mute(of component: String) -> String? {
    guard !mutes.isEmpty else { return nil }
    if let reason = mutes[component] { return reason }
    guard let end = component.firstIndex(where: { $0 == "/" || $0 == " " }) else { return nil }
    return mutes[String(component[..<end])]
  }

  mutating func mute(_ name: String, because reason: String) { mutes[name] = reason }

  /// Ends a maintenance; gives what is told now because it still is other than was told.
  mutating func unmute(_ name: String, at now: Instant) -> [HealthTransition] {
    guard let reason = mutes.removeValue(forKey: name) else { return [] }
    let owed = entries.values.filter { entry in
      entry.component.status != entry.told && mute(of: entry.component.name) == nil
    }
    return owed.sorted { $0.component.name < $1.component.name }.map { entry in
      var entry = entry
      var transition = Self.transition(entry, from: entry.told)
      transition.reason += " (since the maintenance “\(reason)”)"
      entry.told = entry.component.status
      entries[entry.component.name] = entry
      return transition
    }
  }

  /// Forgets a component; gives the end of what was told of it.
  mutating func remove(_ name: String, at now: Instant) -> HealthTransition? {
    guard let entry = entries.removeValue(forKey: name), entry.told != .healthy else { return nil }
    let transition = HealthTransition(
      component: name,
      from: entry.told,
      to: .healthy,
      reason: "it is no longer watched"
    )
    history.append(Recorded(transition, at: now))
    changeCount += 1
    return transition
  }
}
