import Tocsin

/// All that a drift monitor must know again after a restart.
///
/// Save it after each change and give it to the next monitor: differences stay open, proposals keep
/// their ids and their number of tries, what did not converge stays latched, flags stay. What is in
/// flight is not part of it: the first comparison after a start needs its confirmations as ever.
public struct DriftState: Equatable, Codable, Sendable {
  /// The open differences and the history.
  public internal(set) var ledger: DriftLedger
  /// What was proposed, and how often.
  public internal(set) var reconciler: Reconciler
  /// Which fills each book has told of.
  public internal(set) var fills = FillMemory()
  /// Since when the fills that were compared last may date: what is told later, they may not explain.
  var fillsAsOf: Instant?
  /// What people look after.
  public internal(set) var flags: [DriftItem: DriftFlag] = [:]

  /// Makes the state of a monitor that has seen nothing.
  public init(ledger: DriftLedger = DriftLedger(), reconciler: Reconciler = Reconciler()) {
    self.ledger = ledger
    self.reconciler = reconciler
  }

  /// The state under other settings: what is known stays.
  func with(_ ledger: DriftLedger, _ limits: Reconciler.Limits) -> DriftState {
    var state = self
    state.ledger = self.ledger.with(ledger)
    state.reconciler.limits = limits
    return state
  }
}
