/// A small value that has something to be where none is kept.
@usableFromInline
internal protocol Blank: BitwiseCopyable {
  static var blank: Self { get }
}

extension Instant: Blank {
  @inlinable @inline(__always) internal static var blank: Instant { .distantPast }
}

/// A first-in, first-out buffer of at most `limit` small elements, of which the oldest four lie in it.
///
/// A rule that is kept for each of many keys and counts a few events so has them at hand with its
/// other fields. Only the fifth and those behind it need memory of their own, which is kept for the
/// next time.
@frozen
@usableFromInline
internal struct ShortRing<Element: Blank> {
  @usableFromInline internal let limit: Int32
  @usableFromInline internal var count32: Int32 = 0
  /// The oldest four, the oldest first. They move up when it goes: that is quicker than to guess where
  /// the oldest one is.
  @usableFromInline internal var near = (Element.blank, Element.blank, Element.blank, Element.blank)
  /// None, or one that holds those behind the oldest four: a list is a single word.
  @usableFromInline internal var far: [SlidingRing<Element>] = []

  @inlinable
  internal init(limit: Int) {
    self.limit = Int32(clamping: Swift.max(1, limit))
  }

  @inlinable
  @inline(__always)
  internal var count: Int { Int(count32) }

  /// The oldest element.
  @inlinable
  @inline(__always)
  internal var first: Element? { count32 == 0 ? nil : near.0 }

  /// The newest element.
  @inlinable
  @inline(__always)
  internal var newest: Element? {
    if _fastPath(count32 <= 4) { return count32 == 0 ? nil : self[place: count &- 1] }
    return element(fromNewest: 0)
  }

  /// The elements from the oldest to the newest.
  @inlinable internal var elements: [Element] {
    (0..<Swift.min(count, 4)).map { self[place: $0] } + (far.first?.elements ?? [])
  }

  /// Adds an element. Gives back the oldest one when it had to go.
  @inlinable
  @inline(__always)
  @discardableResult
  internal mutating func append(_ element: Element) -> Element? {
    let oldest = count32 == limit ? removeFirst() : nil
    if _fastPath(count32 < 4) { self[place: count] = element } else { appendFar(element) }
    count32 &+= 1
    return oldest
  }

  @inlinable
  @inline(never)
  internal mutating func appendFar(_ element: Element) {
    if far.isEmpty { far.append(SlidingRing(limit: Int(limit))) }
    _ = far[0].append(element)
  }

  /// Removes the oldest element.
  @inlinable
  @inline(__always)
  @discardableResult
  internal mutating func removeFirst() -> Element? {
    guard let oldest = first else { return nil }
    near = (near.1, near.2, near.3, near.3)
    count32 &-= 1
    if _slowPath(count32 >= 4) { bringNear() }
    return oldest
  }

  /// Fills the place that has become free among the oldest four.
  @inlinable
  @inline(never)
  internal mutating func bringNear() {
    if let next = far[0].removeFirst() { self[place: 3] = next }
  }

  /// Removes all elements and keeps the memory.
  @inlinable
  internal mutating func removeAll() {
    if count32 > 4 { far[0].removeAll() }
    count32 = 0
  }

  /// The element that came so many before the newest one, or nil when there is none.
  @inlinable
  internal func element(fromNewest offset: Int) -> Element? {
    let offset = count &- 1 &- offset
    guard offset >= 0, offset < count else { return nil }
    return offset < 4 ? self[place: offset] : far[0].element(offset - 4)
  }

  /// Puts an element in the place of the newest one, if there is one.
  @inlinable
  internal mutating func replaceNewest(with element: Element) {
    guard count32 > 0 else { return }
    if count32 <= 4 {
      self[place: count - 1] = element
    } else {
      far[0].replaceNewest(with: element)
    }
  }

  /// One of the oldest four, by how many are older. Without branches, which nobody could guess.
  @inlinable
  internal subscript(place offset: Int) -> Element {
    @inline(__always) get {
      let odd = offset & 1 == 1
      let (low, high) = (odd ? near.1 : near.0, odd ? near.3 : near.2)
      return offset & 2 == 2 ? high : low
    }
    @inline(__always) set {
      withUnsafeMutableBytes(of: &near) { bytes in
        bytes.storeBytes(
          of: newValue,
          toByteOffset: (offset & 3) &* MemoryLayout<Element>.stride,
          as: Element.self
        )
      }
    }
  }
}

extension ShortRing: Sendable where Element: Sendable {}

extension ShortRing: Encodable where Element: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SlidingRingKey.self)
    try container.encode(Int(limit), forKey: .limit)
    try container.encode(elements, forKey: .elements)
  }
}

extension ShortRing: Decodable where Element: Decodable {
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SlidingRingKey.self)
    self.init(limit: try container.decode(Int.self, forKey: .limit))
    for element in try container.decode([Element].self, forKey: .elements) { append(element) }
  }
}
