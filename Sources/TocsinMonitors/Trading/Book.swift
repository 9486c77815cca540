/// Whose view of the account a report is.
public enum Book: String, Hashable, Codable, Sendable, CaseIterable {
  /// What we believe.
  case local
  /// What the broker says.
  case broker

  /// The one it is compared with.
  public var other: Book { self == .local ? .broker : .local }
}
