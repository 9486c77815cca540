/// The last so many values of a stream, oldest first.
///
/// O(1) to append and to drop the oldest; memory grows with use up to the capacity and no further.
public struct Recent<Element> {
  /// How many values are kept at most; at least 1.
  public let capacity: Int
  private var storage: [Element] = []
  private var start = 0
  /// How many values there are.
  public private(set) var count = 0

  /// Makes an empty store. A capacity below 1 counts as 1.
  public init(capacity: Int) {
    self.capacity = Swift.max(1, capacity)
  }

  /// Appends a value; gives back the oldest one if it had to go.
  @discardableResult
  public mutating func append(_ element: Element) -> Element? {
    let dropped = count == capacity ? removeOldest() : nil
    if storage.count < capacity {
      storage.append(element)
    } else {
      storage[place(count)] = element
    }
    count += 1
    return dropped
  }

  /// Drops the oldest value and gives it back; nil when there is none.
  @discardableResult
  public mutating func removeOldest() -> Element? {
    guard count > 0 else { return nil }
    let oldest = storage[start]
    start = place(1)
    count -= 1
    return oldest
  }

  private func place(_ offset: Int) -> Int {
    let index = start + offset
    return index < capacity ? index : index - capacity
  }
}

extension Recent: RandomAccessCollection {
  /// The place of the oldest value: 0.
  public var startIndex: Int { 0 }
  /// The place after the newest value.
  public var endIndex: Int { count }

  /// The value at a place; 0 is the oldest. Traps outside `indices`, as arrays do.
  public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "There is no value at \(position).")
    return storage[place(position)]
  }
}

extension Recent: Sendable where Element: Sendable {}

extension Recent: Equatable where Element: Equatable {
  public static func == (left: Recent, right: Recent) -> Bool { left.elementsEqual(right) }
}
