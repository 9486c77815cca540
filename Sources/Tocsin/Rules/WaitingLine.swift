/// What waits behind a limit, in the order in which it came: mostly one value, which lies in the line
/// itself, so that a rule that is kept for many keys allocates nothing for it.
///
/// How many may wait is told with every call: the line of a key is small.
@frozen
@usableFromInline
internal struct WaitingLine<Value> {
  /// None, or one that holds those behind the first: a list is a single word.
  @usableFromInline internal var rest: [SlidingRing<Value>] = []
  /// Nil when nothing waits.
  @usableFromInline internal var first: Value?

  @inlinable
  internal init() {}

  /// Whether nothing waits.
  @inlinable
  @inline(__always)
  internal var isEmpty: Bool { first == nil }

  /// How many wait.
  @inlinable
  @inline(__always)
  internal var count: Int {
    if first == nil { return 0 }
    return rest.isEmpty ? 1 : 1 + rest[0].count
  }

  /// The values from the first to the last.
  @inlinable internal var elements: [Value] {
    guard let first else { return [] }
    return [first] + (rest.first?.elements ?? [])
  }

  /// Adds a value behind the others; the first has to go when there are `limit`. Gives whether it had.
  @inlinable
  @inline(__always)
  internal mutating func append(_ value: Value, limit: Int) -> Bool {
    if _fastPath(limit <= 1 || first == nil) {
      let isReplaced = first != nil
      first = value
      return isReplaced
    }
    return appendBehind(value, limit)
  }

  @inlinable
  @inline(never)
  internal mutating func appendBehind(_ value: Value, _ limit: Int) -> Bool {
    let isReplaced = count >= limit
    if isReplaced { removeFirst() }
    if rest.isEmpty { rest.append(SlidingRing(limit: limit)) }
    _ = rest[0].append(value)
    return isReplaced
  }

  /// Removes the first value.
  @inlinable
  @inline(__always)
  internal mutating func removeFirst() {
    if _fastPath(rest.isEmpty) { first = nil } else { moveUp() }
  }

  @inlinable
  @inline(never)
  internal mutating func moveUp() { first = rest[0].removeFirst() }

  /// Removes all values and keeps the memory.
  @inlinable
  @inline(__always)
  internal mutating func removeAll() {
    if _fastPath(first == nil) { return }
    if !rest.isEmpty { rest[0].removeAll() }
    first = nil
  }
}

extension WaitingLine: Sendable where Value: Sendable {}

extension WaitingLine: Encodable where Value: Encodable {
  @usableFromInline
  internal func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SlidingRingKey.self)
    try container.encode(rest.first?.limit ?? 1, forKey: .limit)
    try container.encode(elements, forKey: .elements)
  }
}

extension WaitingLine: Decodable where Value: Decodable {
  @usableFromInline
  internal init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SlidingRingKey.self)
    let limit = try container.decode(Int.self, forKey: .limit)
    for value in try container.decode([Value].self, forKey: .elements) {
      _ = append(value, limit: limit)
    }
  }
}
