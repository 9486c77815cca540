public import Tocsin

extension Tap {
  /// Judges a number of every value by a threshold that a board can change while it runs; see
  /// ``Trigger``.
  ///
  /// ```swift
  /// Tap(margins)
  ///   .trigger("margin.high", .error, .from(0.8), on: board) {
  ///     TriggerReading($0.utilisation, words: "Margin utilisation is \($0.utilisation).")
  ///   }
  /// ```
  ///
  /// What passes the cooldown is told, and goes into the board's history. The alerts come at the end
  /// of the turn in which the value came.
  ///
  /// - Parameters:
  ///   - name: Names the trigger on its board, and its alerts.
  ///   - severity: How bad it is.
  ///   - settings: Where it fires: `.from(0.05)`, `.below(0.3)`.
  ///   - board: Where it is switched on and off.
  ///   - cooldown: How long repeats about one subject are held back.
  ///   - reading: The number of a value; nil when the value says nothing.
  /// - Returns: A tap of its alerts.
  public func trigger(
    _ name: String,
    _ severity: Severity,
    _ settings: TriggerSettings,
    on board: TriggerBoard,
    cooldown: Duration = .minutes(5),
    _ reading: @escaping @Sendable (Upstream.Output) -> TriggerReading?
  ) -> Tap<Inlet<Alert>> {
    let alerts = Outlet<Alert>("\(name).alerts")
    let rule = Trigger(name, severity, settings)
    _ = Merge(
      Tap<Inlet<TriggerStanding>>(board.changes).compactMap(to: Trigger.Input.self) {
        $0.trigger == name ? .settings($0.settings) : nil
      },
      compactMap(to: Trigger.Input.self) { reading($0).map { .reading($0) } }
    )
    .rule(rule, "trigger").named(name).each { alerts.send(contentsOf: $0) }
    board.settings.send(TriggerStanding(trigger: name, settings: settings))
    let passed = Outlet<Alert>("\(name).passed")
    _ = Tap<Inlet<Alert>>(alerts).cooldown(cooldown).named("\(name).cooldown").each { alert in
      board.told.send(alert)
      passed.send(alert)
    }
    return Tap<Inlet<Alert>>(passed)
  }
}

extension Tap where Upstream.Output: KeyedEvent {
  /// Lets through what differs in one property from the value of its key before it.
  func changedByKey<Property: Equatable & SendableMetatype>(
    in property: any KeyPath<Upstream.Output, Property> & Sendable
  ) -> Tap<
    TimedRulePublisher<
      Upstream, BareRule<ByKey<Upstream.Output.Key, Untimed<ChangedBy<Upstream.Output>>>>
    >
  > {
    let rule = ChangedBy<Upstream.Output> { $0[keyPath: property] }
    return timed(ByKey(rule, limit: Trigger.subjectLimit) { $0.key }, "changed")
  }
}
