/// What waits behind a limit, in the order in which it came: mostly one value, which lies in the line
/// itself, so that a rule that is kept for many keys allocates nothing for it.
@frozen
@usableFromInline
internal struct WaitingLine<Value> {
  @usableFromInline internal let limit: Int32
  @usableFromInline internal var count32: Int32 = 0
  /// None, or one that holds those behind the first: a list is a single word.
  @usableFromInline internal var rest: [SlidingRing<Value>] = []
  @usableFromInline internal var first: Value?

  @inlinable
  internal init(limit: Int) {
    self.limit = Int32(clamping: Swift.max(1, limit))
  }

  /// How many wait.
  @inlinable
  @inline(__always)
  internal var count: Int { Int(count32) }

  /// Whether no other has room.
  @inlinable internal var isFull: Bool { count32 >= limit }

  /// The values from the first to the last.
  @inlinable internal var elements: [Value] {
    guard let first else { return [] }
    return [first] + (rest.first?.elements ?? [])
  }

  /// Adds a value behind the others; the first has to go when there is no room. Gives whether it had.
  @inlinable
  @inline(__always)
  internal mutating func append(_ value: Value) -> Bool {
    if _fastPath(limit == 1 || count32 == 0) {
      let isReplaced = count32 > 0
      first = value
      count32 = 1
      return isReplaced
    }
    return appendBehind(value)
  }

  @inlinable
  @inline(never)
  internal mutating func appendBehind(_ value: Value) -> Bool {
    let isReplaced = isFull
    if isReplaced { removeFirst() }
    if rest.isEmpty { rest.append(SlidingRing(limit: Int(limit))) }
    _ = rest[0].append(value)
    count32 += 1
    return isReplaced
  }

  /// Removes the first value.
  @inlinable
  @inline(__always)
  internal mutating func removeFirst() {
    guard count32 > 0 else { return }
    count32 &-= 1
    if _slowPath(count32 > 0) { moveUp() } else { first = nil }
  }

  @inlinable
  @inline(never)
  internal mutating func moveUp() { first = rest[0].removeFirst() }

  /// Removes all values and keeps the memory.
  @inlinable
  @inline(__always)
  internal mutating func removeAll() {
    if _fastPath(count32 == 0) { return }
    if count32 > 1 { rest[0].removeAll() }
    first = nil
    count32 = 0
  }
}

extension WaitingLine: Sendable where Value: Sendable {}

extension WaitingLine: Encodable where Value: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SlidingRingKey.self)
    try container.encode(Int(limit), forKey: .limit)
    try container.encode(elements, forKey: .elements)
  }
}

extension WaitingLine: Decodable where Value: Decodable {
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SlidingRingKey.self)
    self.init(limit: try container.decode(Int.self, forKey: .limit))
    for value in try container.decode([Value].self, forKey: .elements) { _ = append(value) }
  }
}
