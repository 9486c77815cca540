/// What an edge does with an event that finds its buffer full.
///
/// Drops are counted at the consumer's inlet with the reason "buffer full". A critical alert is
/// never dropped: it takes the place of the oldest event that is not critical, or the buffer grows.
@frozen
public enum Overflow: Hashable, Sendable {
  /// The buffer grows. For short bursts and consumers that always keep up.
  case unbounded
  /// The oldest event goes: for values where only the newest counts.
  case dropOldest(Int)
  /// The new event goes: for values where the first ones tell the story.
  case dropNewest(Int)
  /// The producer waits: `await outlet.deliver(_:)` returns when there is room again. A plain
  /// `send`, which cannot wait, is always taken in.
  case suspend(Int)

  /// How many events may wait; `Int.max` when nothing is ever dropped.
  @inlinable var limit: Int {
    switch self {
    case .unbounded, .suspend: .max
    case .dropOldest(let count), .dropNewest(let count): Swift.max(1, count)
    }
  }

  /// When a producer that can wait has to.
  var room: Int {
    if case .suspend(let count) = self { Swift.max(1, count) } else { .max }
  }
}
