/// What a window has collected.
@frozen
public struct WindowSummary<Content> {
  /// What the values came to: their sum, a histogram, the values themselves.
  public var content: Content
  /// The first instant that belongs to the window.
  public var start: Instant
  /// When the window closed. The first instant that no longer belongs to a window of time.
  public var end: Instant
  /// How many values `content` was made of.
  public var count: Int
  /// False when values of the window had to go because a buffer was full.
  public var isComplete: Bool

  /// Makes a summary.
  @inlinable
  public init(
    _ content: Content,
    from start: Instant,
    to end: Instant,
    count: Int,
    isComplete: Bool = true
  ) {
    self.content = content
    self.start = start
    self.end = end
    self.count = count
    self.isComplete = isComplete
  }
}

extension WindowSummary where Content: Sequence {
  /// The values of the window, in the order of their arrival.
  @inlinable public var values: Content { content }
}

extension WindowSummary: Sendable where Content: Sendable {}
extension WindowSummary: Equatable where Content: Equatable {}
extension WindowSummary: Hashable where Content: Hashable {}
extension WindowSummary: Encodable where Content: Encodable {}
extension WindowSummary: Decodable where Content: Decodable {}
