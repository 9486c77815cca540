/// What ``Rollup`` keeps of a summary that still grows, besides the list of its sample. Without the
/// list, so that it is moved as plain memory where its values are.
@frozen
@usableFromInline
internal struct GrowingSummary<Value> {
  @usableFromInline internal var first: Value
  @usableFromInline internal var last: Value
  @usableFromInline internal var worst: Severity?
  /// Whether the last value is in the sample, although it is not in the list.
  @usableFromInline internal var isLastKept = false
  @usableFromInline internal var count = 1
  @usableFromInline internal var start: Instant
  /// How many values the list has of this summary. With none it may still have those of an old one.
  @usableFromInline internal var listed: Int32 = 0

  @inlinable
  internal init(_ value: Value, _ worst: Severity?, at instant: Instant) {
    (first, last) = (value, value)
    self.worst = worst
    start = instant
  }

  /// Adds a value; keeps it in the sample if that has fewer than `limit`. The value that was the last
  /// goes to the list.
  @inlinable
  @inline(__always)
  internal mutating func add(
    _ value: Value,
    _ severity: Severity?,
    atMost limit: Int,
    _ list: inout [Value]
  ) {
    if isLastKept { keepLast(&list) }
    isLastKept = Int(listed) < limit - 1
    last = value
    count = count.addingSaturating(1)
    if let severity { worst = max(worst ?? severity, severity) }
  }

  @inlinable
  internal mutating func keepLast(_ list: inout [Value]) {
    if listed == 0 { list.removeAll(keepingCapacity: true) }
    list.append(last)
    listed += 1
  }

  /// The message that it is now.
  @inlinable
  @inline(__always)
  internal func message(until end: Instant, _ list: [Value]) -> RolledUp<Value> {
    var message = RolledUp(first, worst, at: start)
    message.last = last
    (message.count, message.end, message.isLastKept) = (count, end, isLastKept)
    if listed > 0 { message.rest = list }
    return message
  }
}

extension GrowingSummary: Sendable where Value: Sendable {}
extension GrowingSummary: Encodable where Value: Encodable {}
extension GrowingSummary: Decodable where Value: Decodable {}
