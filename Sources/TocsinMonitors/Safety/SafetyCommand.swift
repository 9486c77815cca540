/// What may be told to a ``SafetyMonitor`` from anywhere, through its outlet `commands`.
public enum SafetyCommand: Hashable, Sendable {
  /// It may begin: what is saved is safe, and trading may be let go. ``SafetyMonitor/keep(in:by:)``
  /// says it by itself.
  case begin
  /// Be at least so strict. What the demand's cause is decides whether a reset is refused.
  case demand(SafetyDemand)
  /// The cause of a demand has ended.
  case ended(SafetyCause)
  /// Be less strict.
  case reset(SafetyReset)
  /// The command of this number is carried out.
  case confirm(Int)
  /// The command of this number could not be carried out.
  case controlFailed(Int, because: String)
  /// The circuit breaker's input.
  case breaker(BreakerInput)
  /// How much of the permitted positions is in use.
  case use(PositionUse)
  /// A figure that limits may be about.
  case figure(SafetyFigure)
  /// Required data of this name is there.
  case alive(String)
  /// The store failed, or works again (nil).
  case storeFailed(String?)

  /// Halts trading, for a person.
  public static func halt(by person: String, because reason: String) -> SafetyCommand {
    .demand(SafetyDemand(.halted, SafetyCause(.person, person), because: reason))
  }

  /// Allows only reducing orders, for a person.
  public static func reduce(by person: String, because reason: String) -> SafetyCommand {
    .demand(SafetyDemand(.reducing, SafetyCause(.person, person), because: reason))
  }

  /// Trips the circuit breaker, for a person.
  public static func trip(by person: String, because reason: String) -> SafetyCommand {
    .breaker(.trip(by: person, because: reason))
  }
}

/// All that a ``SafetyMonitor`` decides on.
enum SafetyInput: Sendable {
  case event(TradingEvent)
  indirect case command(SafetyCommand)
  indirect case drift(DriftFinding)
  indirect case performance(SafetyFigures)
}

/// What of a snapshot of the performance matters to safety. Depths are positive.
struct SafetyFigures: Hashable, Sendable {
  var figures: [SafetyFigure]
  var losses: Int

  init(_ snapshot: PerformanceSnapshot) {
    func depth(_ name: String, _ figure: PerformanceFigure) -> SafetyFigure {
      SafetyFigure(name, figure.number.map { max(0, -$0) })
    }
    losses = snapshot.consecutiveLosses
    figures = [
      depth(SafetyFigure.totalDrawdown, snapshot.totalDrawdown),
      depth(SafetyFigure.dailyDrawdown, snapshot.dailyDrawdown),
      depth(SafetyFigure.intradayDrawdown, snapshot.intradayDrawdown),
      depth(SafetyFigure.weeklyDrawdown, snapshot.weeklyDrawdown),
      SafetyFigure(SafetyFigure.consecutiveLosses, Double(losses)),
    ]
  }
}
