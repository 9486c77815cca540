public import Tocsin

/// Where an order stands: its state, and what we asked for and got no answer to.
public struct OrderStanding: Hashable, Codable, Sendable {
  /// The state.
  public var state: OrderState
  /// Since when it is in this state.
  public var since: Instant
  /// What is waited for besides; nil for nothing.
  public var pending: PendingChange.Kind?
  /// Since when that is waited for.
  public var pendingSince: Instant?

  /// Makes a standing.
  public init(
    state: OrderState,
    since: Instant,
    pending: PendingChange.Kind? = nil,
    pendingSince: Instant? = nil
  ) {
    self.state = state
    self.since = since
    self.pending = pending
    self.pendingSince = pendingSince
  }

  init(_ record: OrderRecord) {
    self.init(
      state: record.state,
      since: record.stateSince,
      pending: record.pending?.kind,
      pendingSince: record.pending?.since
    )
  }
}
