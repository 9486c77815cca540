public import Tocsin

/// An exact change to our own book that would make it agree with the broker's.
///
/// It says: where our book has `from`, put `to`; nil is nothing. The gateway that keeps the book
/// does it as one step: when the book has `from`, it puts `to` and answers applied; when it has `to`
/// already, it changes nothing and answers applied; else it refuses. So a proposal that comes twice,
/// late, or after a restart changes nothing twice. A fill is booked by its id, under which the book
/// has it once whoever tells it first.
///
/// The id is a hash of the item and of both sides: the same difference has the same id, in every
/// run. It names the proposal in the answer; it does not say that the change was made before.
public struct ReconciliationProposal: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Why a proposal no longer holds.
  public enum Withdrawal: String, Hashable, Codable, Sendable, CaseIterable {
    /// The books agree.
    case gone
    /// The difference is another one now.
    case changed
    /// What it would have booked came by itself, or our book moved.
    case overtaken
    /// A person has it now, or it was reset.
    case byHand
    /// It was tried as often as is allowed.
    case notConverging
  }

  /// The same for the same difference.
  public var id: String
  /// What it changes.
  public var item: DriftItem
  /// The symbol; empty for cash.
  public var symbol: String
  /// What our book has now; nil for nothing.
  public var from: DriftValue?
  /// What it should have; nil for nothing.
  public var to: DriftValue?
  /// One sentence for a person and for the log of the book.
  public var reason: String
  /// Why it no longer holds; nil while it does. Do not carry out one that was withdrawn; one that
  /// was carried out already needs no undoing, the next comparison sees to it.
  public var withdrawal: Withdrawal?

  /// Makes a proposal; its id follows from the item and both sides.
  public init(
    _ item: DriftItem,
    symbol: String = "",
    from: DriftValue?,
    to: DriftValue?,
    reason: String = ""
  ) {
    id = ProposalID.of(item, symbol, from, to)
    self.item = item
    self.symbol = symbol
    self.from = from
    self.to = to
    self.reason = reason
  }

  /// The item.
  public var key: DriftItem { item }
  /// Resolved when it was withdrawn.
  public var phase: Phase { withdrawal == nil ? .firing : .resolved }

  func withdrawn(_ reason: Withdrawal) -> ReconciliationProposal {
    var proposal = self
    proposal.withdrawal = reason
    return proposal
  }
}

/// What became of a proposal.
public struct ProposalOutcome: Hashable, Codable, Sendable {
  /// What the gateway did.
  public enum Result: Hashable, Codable, Sendable {
    /// Our book is as the proposal wants it.
    case applied
    /// It is not: the book had something else, or does not take such a change.
    case refused(reason: String)
  }

  /// The id of the proposal.
  public var id: String
  /// What the gateway did.
  public var result: Result

  /// Makes an answer.
  public init(_ id: String, _ result: Result) {
    self.id = id
    self.result = result
  }
}
