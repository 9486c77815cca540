/// A set of places of a ring, in which the next one is found at once: a bit for each place, and a bit
/// for each word of them that is not zero.
///
/// Insertion and removal are O(1). The next place is found in a few steps, for it is mostly in the
/// same word; at worst after a look at one word for each 4,096 places.
@frozen
@usableFromInline
struct PlaceSet {
  @usableFromInline let words: UnsafeMutablePointer<UInt64>
  @usableFromInline let summary: UnsafeMutablePointer<UInt64>
  @usableFromInline let summaryCount: Int

  /// An empty set of places below a power of two. Whoever makes it deallocates it.
  init(capacity: Int) {
    summaryCount = max(1, capacity / 4_096)
    words = .allocate(capacity: summaryCount * 64)
    words.initialize(repeating: 0, count: summaryCount * 64)
    summary = .allocate(capacity: summaryCount)
    summary.initialize(repeating: 0, count: summaryCount)
  }

  func deallocate() {
    words.deallocate()
    summary.deallocate()
  }

  /// Takes over a set of the same size.
  func update(from other: PlaceSet) {
    words.update(from: other.words, count: summaryCount * 64)
    summary.update(from: other.summary, count: summaryCount)
  }

  @inlinable
  @inline(__always)
  func contains(_ place: Int) -> Bool { words[place >> 6] & (1 << UInt64(place & 63)) != 0 }

  @inlinable
  @inline(__always)
  func insert(_ place: Int) {
    words[place >> 6] |= 1 << UInt64(place & 63)
    summary[place >> 12] |= 1 << UInt64((place >> 6) & 63)
  }

  /// Takes a place out; false when it was not in.
  @inlinable
  @inline(__always)
  func remove(_ place: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(place & 63)
    let word = words[place >> 6]
    words[place >> 6] = word & ~bit
    if word == bit { summary[place >> 12] &= ~(1 << UInt64((place >> 6) & 63)) }
    return word & bit != 0
  }

  /// The first place from one on, around the ring; nil when the set is empty.
  @inlinable
  @inline(__always)
  func first(from start: Int) -> Int? {
    let bits = words[start >> 6] >> UInt64(start & 63)
    return bits != 0 ? start &+ bits.trailingZeroBitCount : firstFarther(from: start)
  }

  /// The first place of the words behind that of `start`, and last of its own word.
  @usableFromInline
  @inline(never)
  func firstFarther(from start: Int) -> Int? {
    let (block, next) = (start >> 12, UInt64((start >> 6) & 63) + 1)
    let later = next > 63 ? 0 : (summary[block] >> next) << next
    if later != 0 { return first(in: block, later) }
    for distance in 1...summaryCount {
      let other = (block + distance) % summaryCount
      if summary[other] != 0 { return first(in: other, summary[other]) }
    }
    return nil
  }

  private func first(in block: Int, _ bits: UInt64) -> Int {
    let word = block << 6 | bits.trailingZeroBitCount
    return word << 6 | words[word].trailingZeroBitCount
  }
}
