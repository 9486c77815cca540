/// A queue of envelopes in one piece of memory.
///
/// Unsafe inside, exact for any payload: every element is initialised once and moved or
/// deinitialised once. The owner calls ``destroy()``.
@usableFromInline
struct EnvelopeBuffer<Value> {
  @usableFromInline typealias Element = Envelope<Value>

  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var head = 0
  @usableFromInline var tail = 0

  @inlinable
  init(capacity: Int = 64) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  @inlinable
  func destroy() {
    (base + head).deinitialize(count: tail - head)
    base.deallocate()
  }

  @inlinable
  @inline(__always)
  var count: Int { tail &- head }

  @inlinable
  @inline(__always)
  var isEmpty: Bool { tail == head }

  /// The oldest element. Only when not empty.
  @inlinable
  @inline(__always)
  var first: UnsafeMutablePointer<Element> { base + head }

  /// The newest element. Only when not empty.
  var last: UnsafeMutablePointer<Element> { base + (tail - 1) }

  @inlinable
  @inline(__always)
  mutating func append(_ value: Value, _ stamp: Stamp) {
    if _slowPath(tail == capacity) { makeRoom(for: 1) }
    (base + tail).initialize(to: Envelope(value, stamp))
    tail &+= 1
  }

  /// Takes the oldest out. Only when not empty.
  @inlinable
  @inline(__always)
  mutating func popFirst() -> Element {
    let element = (base + head).move()
    head &+= 1
    if head == tail {
      head = 0
      tail = 0
    }
    return element
  }

  /// Moves all of another buffer behind what is here, and leaves the other one empty.
  @inlinable
  mutating func takeAll(of other: inout EnvelopeBuffer) {
    if isEmpty {
      swap(&self, &other)
      return
    }
    makeRoom(for: other.count)
    (base + tail).moveInitialize(from: other.base + other.head, count: other.count)
    tail += other.count
    other.head = 0
    other.tail = 0
  }

  @inlinable
  @inline(never)
  mutating func makeRoom(for more: Int) {
    let count = self.count
    guard tail + more > capacity else { return }
    if head >= count + more {
      base.moveInitialize(from: base + head, count: count)
    } else {
      let larger = Swift.max(capacity * 2, count + more)
      let memory = UnsafeMutablePointer<Element>.allocate(capacity: larger)
      memory.moveInitialize(from: base + head, count: count)
      base.deallocate()
      base = memory
      capacity = larger
    }
    head = 0
    tail = count
  }

  /// Brings the newest elements, all of one instant, to their place in the order of instants, behind
  /// those of the same instant.
  @usableFromInline
  @inline(never)
  mutating func sortNewest(sent: Int64) {
    var all = UnsafeMutableBufferPointer(start: base + head, count: count)
    guard let first = all.firstIndex(where: { $0.stamp.sent.nanoseconds > sent }),
      let last = all.lastIndex(where: { $0.stamp.sent.nanoseconds > sent })
    else { return }
    all[first...last].reverse()
    all[(last + 1)...].reverse()
    all[first...].reverse()
  }

  /// Brings the instants of the newest elements up to `instant`, and those elements to their places
  /// in the order of instants, behind those of the same instant.
  mutating func dateNewest(_ newest: Int, notBefore instant: Instant) {
    for element in (tail - newest)..<tail where base[element].stamp.sent < instant {
      base[element].stamp.sent = instant
      base[element].stamp.ingested = max(base[element].stamp.ingested, instant)
    }
    let all = UnsafeMutableBufferPointer(start: base + head, count: count)
    let edge = all[max(0, count - newest - 1)...]
    guard zip(edge, edge.dropFirst()).contains(where: { $0.stamp.sent > $1.stamp.sent }) else {
      return
    }
    let sorted = all.enumerated().sorted {
      ($0.element.stamp.sent, $0.offset) < ($1.element.stamp.sent, $1.offset)
    }
    for (place, element) in sorted.enumerated() { all[place] = element.element }
  }

  /// Takes out the oldest element that may be dropped; nil when none may.
  @usableFromInline
  @inline(never)
  mutating func evictOldest(where mayDrop: (Value) -> Bool) -> Element? {
    guard let index = (head..<tail).first(where: { mayDrop(base[$0].value) }) else { return nil }
    let element = (base + index).move()
    (base + head + 1).moveInitialize(from: base + head, count: index - head)
    head += 1
    return element
  }
}

// Unchecked for its pointers: the buffer owns its memory alone, and is moved between a mailbox and
// its lane under the mailbox's lock.
extension EnvelopeBuffer: @unchecked Sendable where Value: Sendable {}
