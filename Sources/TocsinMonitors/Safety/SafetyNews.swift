import Tocsin

/// What one input, or the passing of time, brought about. The order of the fields is the order in
/// which it is told: commands first.
struct SafetyNews: Sendable {
  /// What is commanded before anything else happens.
  enum Command: Equatable, Sendable {
    case mode(SafetyChange)
    case breaker(BreakerChange)
  }

  var commands: [Command] = []
  var changes: [SafetyChange] = []
  var breakerChanges: [BreakerChange] = []
  var states: [SafetyState] = []
  var alerts: [Alert] = []
  private var box: Boxed<SavedSafety>?

  /// What is to be kept; nil when nothing of it changed.
  var record: SavedSafety? {
    get { box?.value }
    set { box = newValue.map { .value($0) } }
  }

  var isEmpty: Bool {
    commands.isEmpty && changes.isEmpty && breakerChanges.isEmpty && states.isEmpty
      && alerts.isEmpty && box == nil
  }
}
