public import Tocsin

/// An item that a person looks after: nothing is proposed about it until the flag is cleared.
public struct DriftFlag: Hashable, Codable, Sendable, KeyedEvent {
  /// What it is about.
  public var item: DriftItem
  /// What the person wanted to be known.
  public var note: String
  /// Since when.
  public var since: Instant

  /// Makes a flag.
  public init(_ item: DriftItem, note: String, since: Instant) {
    self.item = item
    self.note = note
    self.since = since
  }

  /// The item.
  public var key: DriftItem { item }
}

/// What a person may do about a difference.
public enum DriftCommand: Hashable, Codable, Sendable {
  /// Look after an item by hand: nothing is proposed about it.
  case flag(DriftItem, note: String)
  /// Leave it to the monitor again.
  case clear(DriftItem)
  /// Forget what was tried about an item, and that it did not converge.
  case reset(DriftItem)
  /// Ask for the reports of a topic now.
  case check(BookTopic)
}
