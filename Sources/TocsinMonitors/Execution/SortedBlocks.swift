/// Whole numbers in order, of which any is found by its rank.
///
/// Blocks of at most 64 numbers, one behind the other: O(log n) comparisons to find a place, and at
/// most 64 numbers and n/32 blocks moved. A thousand numbers are some 32 blocks. Equal numbers are
/// kept as often as they were added. Allocates nothing once it has had its largest size.
struct SortedBlocks: Sendable {
  private static var size: Int { 64 }

  private(set) var count = 0
  private var numbers: [Int64] = []
  /// For each block in order: where it is, and how many numbers it has.
  private var places: [Int] = []
  private var counts: [Int] = []
  private var free: [Int] = []

  mutating func insert(_ number: Int64) {
    count += 1
    if places.isEmpty { open(at: 0) }
    var block = self.block(for: number)
    if counts[block] == Self.size {
      split(block)
      if last(block) < number { block += 1 }
    }
    let offset = offset(of: number, in: block)
    let start = places[block] * Self.size
    var place = start + counts[block]
    while place > start + offset {
      numbers[place] = numbers[place - 1]
      place -= 1
    }
    numbers[place] = number
    counts[block] += 1
  }

  /// Takes one of the equal numbers away; false when there is none.
  @discardableResult
  mutating func remove(_ number: Int64) -> Bool {
    guard !places.isEmpty else { return false }
    let block = self.block(for: number)
    let offset = offset(of: number, in: block)
    let start = places[block] * Self.size
    guard offset < counts[block], numbers[start + offset] == number else { return false }
    for place in start + offset..<start + counts[block] - 1 { numbers[place] = numbers[place + 1] }
    counts[block] -= 1
    count -= 1
    mend(block)
    return true
  }

  /// The number of a rank, 0 for the smallest; nil when there are not so many. O(blocks).
  subscript(rank: Int) -> Int64? {
    guard rank >= 0, rank < count else { return nil }
    var rest = rank
    for block in counts.indices {
      if rest < counts[block] { return numbers[places[block] * Self.size + rest] }
      rest -= counts[block]
    }
    return nil
  }

  /// The value below which a fraction of the numbers lies, between two of them by straight line, as
  /// numpy's method "linear" has it (Hyndman and Fan 1996, definition 7). Nil without numbers, or
  /// for a fraction that is none.
  func quantile(_ fraction: Double) -> Double? {
    guard fraction >= 0, fraction <= 1 else { return nil }
    let place = fraction * Double(count - 1)
    let low = Int(place)
    guard let left = self[low] else { return nil }
    let right = self[min(low + 1, count - 1)] ?? left
    return Double(left) + (Double(right) - Double(left)) * (place - Double(low))
  }

  /// The first block whose last number is not smaller, or the last block.
  private func block(for number: Int64) -> Int {
    var (low, high) = (0, places.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if last(middle) < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func last(_ block: Int) -> Int64 {
    numbers[places[block] * Self.size + counts[block] - 1]
  }

  private func offset(of number: Int64, in block: Int) -> Int {
    let start = places[block] * Self.size
    var (low, high) = (0, counts[block])
    while low < high {
      let middle = (low + high) / 2
      if numbers[start + middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// An empty block behind `block - 1`.
  private mutating func open(at block: Int) {
    let place = free.popLast() ?? numbers.count / Self.size
    if (place + 1) * Self.size > numbers.count {
      numbers.append(contentsOf: repeatElement(0, count: Self.size))
    }
    places.insert(place, at: block)
    counts.insert(0, at: block)
  }

  private mutating func split(_ block: Int) {
    let half = Self.size / 2
    open(at: block + 1)
    let (from, to) = (places[block] * Self.size + half, places[block + 1] * Self.size)
    for offset in 0..<half { numbers[to + offset] = numbers[from + offset] }
    (counts[block], counts[block + 1]) = (half, half)
  }

  /// Puts a block together with the next when both fit into half a block, so that blocks stay full.
  private mutating func mend(_ block: Int) {
    if counts[block] == 0 { return close(block) }
    let left = block + 1 < counts.count ? block : block - 1
    guard left >= 0, counts[left] + counts[left + 1] <= Self.size / 2 else { return }
    let (to, from) = (places[left] * Self.size + counts[left], places[left + 1] * Self.size)
    for offset in 0..<counts[left + 1] { numbers[to + offset] = numbers[from + offset] }
    counts[left] += counts[left + 1]
    close(left + 1)
  }

  private mutating func close(_ block: Int) {
    free.append(places[block])
    places.remove(at: block)
    counts.remove(at: block)
  }
}
