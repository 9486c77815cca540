/// A first-in, first-out queue in a ring of memory that grows.
///
/// A value: copies share memory until one changes. `append` and `popFirst` are O(1), amortised over
/// growth. Elements that have left are released at once. Memory is never given back before the ring
/// goes.
@frozen
public struct Ring<Element> {
  /// A power of two places, or none.
  @usableFromInline var places: [Element?]
  @usableFromInline var head = 0
  @usableFromInline var filled = 0

  /// Makes an empty ring with room for so many elements before it grows.
  @inlinable
  public init(minimumCapacity: Int = 0) {
    places = []
    if minimumCapacity > 0 { grow(to: minimumCapacity) }
  }

  /// The number of elements.
  @inlinable public var count: Int { filled }

  /// Adds an element behind all others.
  @inlinable
  @inline(__always)
  public mutating func append(_ element: Element) {
    if count == places.count { grow(to: count + 1) }
    places[place(count)] = element
    filled &+= 1
  }

  /// Takes the oldest element, or nil when the ring is empty.
  @inlinable
  @inline(__always)
  public mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = places[head].take()
    head = place(1)
    filled &-= 1
    return element
  }

  /// Takes the oldest element that satisfies `isEvictable`, or nil when none does. The others keep
  /// their order. O(number of elements older than the one taken, and it).
  @inlinable
  public mutating func evictOldest(where isEvictable: (Element) throws -> Bool) rethrows -> Element?
  {
    guard let position = try firstIndex(where: isEvictable) else { return nil }
    let element = places[place(position)].take()
    for step in stride(from: position, to: 0, by: -1) {
      places.swapAt(place(step), place(step - 1))
    }
    head = place(1)
    filled &-= 1
    return element
  }

  /// Removes all elements and keeps the memory.
  @inlinable
  public mutating func removeAll() {
    while popFirst() != nil {}
  }

  @inlinable
  @inline(__always)
  func place(_ position: Int) -> Int { (head &+ position) & (places.count &- 1) }

  @inlinable
  mutating func grow(to wanted: Int) {
    var capacity = Swift.max(8, places.count)
    while capacity < wanted { capacity *= 2 }
    var larger: [Element?] = []
    larger.reserveCapacity(capacity)
    for position in 0..<count { larger.append(places[place(position)].take()) }
    larger.append(contentsOf: repeatElement(nil, count: capacity - count))
    places = larger
    head = 0
  }
}

extension Ring: RandomAccessCollection {
  /// 0: the oldest element is at 0.
  @inlinable public var startIndex: Int { 0 }
  /// One past the newest element.
  @inlinable public var endIndex: Int { count }

  /// The element at a place in the queue, the oldest at 0. Stops the program out of range.
  @inlinable
  public subscript(position: Int) -> Element {
    guard position >= 0, position < count, let element = places[place(position)] else {
      preconditionFailure("place \(position) is outside the \(count) elements of the Ring")
    }
    return element
  }
}

extension Ring: Sendable where Element: Sendable {}

extension Ring: Equatable where Element: Equatable {
  /// True when both hold equal elements in the same order.
  @inlinable
  public static func == (left: Ring, right: Ring) -> Bool { left.elementsEqual(right) }
}
