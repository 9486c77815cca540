public import CTocsin
public import Synchronization

/// The front of an edge that takes a part of what is sent: it looks before anything is copied.
///
/// Closures, because a method of a generic class that is called through the class runs unspecialised.
@usableFromInline
final class Sieve<Value: Sendable>: Sendable {
  /// Takes one value; it is looked at, and never copied.
  @usableFromInline let takeOne: @Sendable (Value) -> Void
  @usableFromInline let take: @Sendable (UnsafePointer<Value>, Int) -> Void
  @usableFromInline let end: @Sendable () -> Void
  @usableFromInline let waitForRoom: @Sendable () async -> Void

  /// Puts a selection in front of an edge.
  @inlinable
  @inline(__always)
  init<Selected: Sendable>(
    _ edge: Edge<Selected>,
    _ select: @escaping @Sendable (Value) -> Selected?
  ) {
    takeOne = { value in
      if let selected = select(value) {
        withUnsafePointer(to: selected) { edge.offer($0, 1) }
      } else {
        edge.refuse(1)
      }
    }
    take = { values, count in
      var refused = 0
      for index in 0..<count {
        if let selected = select(values[index]) {
          withUnsafePointer(to: selected) { edge.offer($0, 1) }
        } else {
          refused &+= 1
        }
      }
      if refused > 0 { edge.refuse(refused) }
    }
    end = { edge.end() }
    waitForRoom = { await edge.waitForRoom() }
  }
}

extension Edge {
  /// Counts what was not selected. What another thread sent is counted when the lane takes over what
  /// comes from there.
  @inlinable
  @inline(__always)
  func refuse(_ count: Int) {
    if _fastPath(tocsin_lane_get() == key) {
      node.receivedCount &+= count
      node.drop(.filtered, count)
    } else {
      mailbox.withLock { $0.refused &+= count }
    }
  }
}
