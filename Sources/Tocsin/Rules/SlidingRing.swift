/// A first-in, first-out buffer of at most `limit` elements that grows as it is needed and then
/// uses its memory again.
@usableFromInline
internal struct SlidingRing<Element> {
  @usableFromInline internal let limit: Int
  @usableFromInline internal var slots: [Element?] = []
  @usableFromInline internal var head = 0
  @usableFromInline internal var count = 0

  @inlinable
  internal init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// The oldest element.
  @inlinable internal var first: Element? { count == 0 ? nil : slots[head] }

  /// The elements from the oldest to the newest.
  @inlinable internal var elements: [Element] { map { $0 } }

  /// What `transform` makes of the elements from the oldest to the newest.
  @inlinable
  internal func map<Result>(_ transform: (Element) -> Result) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    for offset in 0..<count {
      if let element = slots[place(of: offset)] { results.append(transform(element)) }
    }
    return results
  }

  /// Adds an element. Gives back the oldest one when it had to go.
  @inlinable
  internal mutating func append(_ element: Element) -> Element? {
    let oldest = count == limit ? removeFirst() : nil
    if count == slots.count { grow() }
    slots[place(of: count)] = element
    count += 1
    return oldest
  }

  /// Removes the oldest element.
  @inlinable
  @discardableResult
  internal mutating func removeFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = slots[head]
    slots[head] = nil
    head = head + 1 == slots.count ? 0 : head + 1
    count -= 1
    return element
  }

  /// The element that so many are older than. There must be one.
  @inlinable
  internal func element(_ offset: Int) -> Element? { slots[place(of: offset)] }

  /// Puts an element in the place of the newest one, if there is one.
  @inlinable
  internal mutating func replaceNewest(with element: Element) {
    guard count > 0 else { return }
    slots[place(of: count - 1)] = element
  }

  /// Removes all elements and keeps the memory.
  @inlinable
  internal mutating func removeAll() {
    while count > 0 { removeFirst() }
  }

  @inlinable
  @inline(__always)
  internal func place(of offset: Int) -> Int {
    let place = head + offset
    return place < slots.count ? place : place - slots.count
  }

  @inlinable
  internal mutating func grow() {
    let capacity = min(limit, max(4, slots.count * 2))
    var larger: [Element?] = []
    larger.reserveCapacity(capacity)
    for offset in 0..<count { larger.append(slots[place(of: offset)]) }
    while larger.count < capacity { larger.append(nil) }
    (slots, head) = (larger, 0)
  }
}

extension SlidingRing: Sendable where Element: Sendable {}

extension SlidingRing: Encodable where Element: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SlidingRingKey.self)
    try container.encode(limit, forKey: .limit)
    try container.encode(elements, forKey: .elements)
  }
}

extension SlidingRing: Decodable where Element: Decodable {
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SlidingRingKey.self)
    self.init(limit: try container.decode(Int.self, forKey: .limit))
    for element in try container.decode([Element].self, forKey: .elements) { _ = append(element) }
  }
}

internal enum SlidingRingKey: String, CodingKey {
  case limit, elements
}
