import Tocsin
import TocsinTesting

extension RuleFault {
  /// The corpus.
  static let all: [RuleFault] = inTime + inCounting + elsewhere

  private static let inTime: [RuleFault] = [
    RuleFault(
      "leading debounce forgets the tie",
      right: Debounce<Int>(.span, .leading),
      wrong: PlantedDebounce(.leadingForgetsTie),
      over: numbers(0...3, .span),
      model: PlantedDebounce.leading
    ),
    RuleFault(
      "debounce moves its cap with every value",
      right: Debounce<Int>(.span, maxWait: .span * 2),
      wrong: PlantedDebounce(.capMoves),
      over: numbers(0...3, .span, .span * 2),
      model: PlantedDebounce.trailing(capped: true)
    ),
    RuleFault(
      "debounce loses the final value",
      right: Debounce<Int>(.span),
      wrong: PlantedDebounce(.losesTheLast),
      over: numbers(0...3, .span),
      model: PlantedDebounce.trailing(capped: false)
    ),
    RuleFault(
      "deadline overflows near the end of time",
      right: Debounce<Int>(.span),
      wrong: PlantedDebounce(.overflows),
      over: { count in
        let end = Duration.nanoseconds(Int64.max)
        return numbers(0...3, .span)(count).starting(at: end - .hours(9), end - .seconds(60))
      },
      model: PlantedDebounce.trailing(capped: false)
    ),
    RuleFault(
      "cooldown is anchored at every input",
      right: Untimed(PlantedCooldown()),
      wrong: Untimed(PlantedCooldown(.anchoredAtEveryInput)),
      over: numbers(0...3, .span),
      model: PlantedCooldown.model
    ),
    RuleFault(
      "throttle keeps a stale window after silence",
      right: Untimed(PlantedThrottle(windowsAreFixed: false)),
      wrong: Untimed(PlantedThrottle(windowsAreFixed: true)),
      over: numbers(0...3, .span),
      model: PlantedThrottle.model
    ),
    RuleFault(
      "deduplicate takes > for >=",
      right: Untimed(PlantedDeduplicate(bordersAreWrong: false)),
      wrong: Untimed(PlantedDeduplicate(bordersAreWrong: true)),
      over: numbers(0...3, .span),
      model: PlantedDeduplicate.model
    ),
    RuleFault(
      "hold ignores a dip",
      right: PlantedHold(ignoresDips: false),
      wrong: PlantedHold(ignoresDips: true),
      over: numbers(0...3, .span),
      model: PlantedHold.model
    ),
  ]

  private static let inCounting: [RuleFault] = [
    RuleFault(
      "window takes its border in",
      right: Untimed(PlantedCount(takesTheBorder: false)),
      wrong: Untimed(PlantedCount(takesTheBorder: true)),
      over: numbers(0...3, .span),
      model: PlantedCount.model
    ),
    RuleFault(
      "cooldown counts what it held back twice",
      right: Untimed(PlantedCooldown()),
      wrong: Untimed(PlantedCooldown(.countsTwice)),
      over: numbers(0...3, .span),
      model: PlantedCooldown.model
    ),
    RuleFault(
      "escalation counts resolved alerts",
      right: Untimed(PlantedEscalation()),
      wrong: Untimed(PlantedEscalation(.countsResolved)),
      over: numbers(0...3, .span),
      model: PlantedEscalation.model
    ),
    RuleFault(
      "escalation counts on after a resolve",
      right: Untimed(PlantedEscalation()),
      wrong: Untimed(PlantedEscalation(.keepsCounting)),
      over: numbers(0...3, .span),
      model: PlantedEscalation.model
    ),
    RuleFault(
      "running sum drifts",
      right: Untimed(PlantedSum(isRunning: false)),
      wrong: Untimed(PlantedSum(isRunning: true)),
      over: PlantedSum.prices,
      model: PlantedSum.model
    ),
  ]

  private static let elsewhere: [RuleFault] = [
    RuleFault(
      "hysteresis has one level",
      right: Untimed(PlantedHysteresis(hasOneLevel: false)),
      wrong: Untimed(PlantedHysteresis(hasOneLevel: true)),
      over: numbers(0...9, .span),
      model: PlantedHysteresis.model
    ),
    RuleFault(
      "keys are mixed up",
      over: numbers(0...9, .span),
      right: { keysAlone(sorting: { $0 }) },
      wrong: { keysAlone(sorting: { $0 / 2 }) }
    ),
    RuleFault(
      "a restart forgets the anchor",
      over: numbers(0...3, .span),
      right: { restarted(.none) },
      wrong: { restarted(.forgetsItsAnchor) }
    ),
  ]

  private static func keysAlone(
    sorting key: @escaping @Sendable (Int) -> Int
  ) -> Property.OfStream<Int> {
    let rule = Untimed(PlantedCooldown())
    return Property.eachKeyAlone(ByKey(rule, key: key), rule) { $0 }
  }

  private static func restarted(_ fault: PlantedCooldown.Fault) -> Property.OfStream<Int> {
    Property.restorable(Untimed(PlantedCooldown(fault))) { rule in
      Untimed(try rule.base.writtenAndRead())
    }
  }
}
