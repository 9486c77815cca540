import ReferenceGraph

/// All state of one key: a cache line.
struct Slot {
  /// Before all instants, and far enough from them for a difference not to overflow.
  static let never = Int64.min / 2

  /// Where in the queue the deadline is that counts; -1 when none does.
  var armed = -1
  /// The latest value that waits.
  var value = 0.0
  /// When an alert last passed the cooldown.
  var passed = Slot.never
  /// When the last occurrence was counted, and the one before.
  var latest = Slot.never
  var beforeLatest = Slot.never
  /// Alerts held back since one passed.
  var held = 0
  /// The key plus one; 0 in a free slot.
  var key: UInt32 = 0
  var severity: UInt8 = 0
  var passedSeverity: UInt8 = 0
  private var padding: Int64 = 0

  /// Counts a batch of occurrences at `now` and gives the instant of the third latest: three are
  /// enough to know whether three are in the window.
  @inline(__always)
  mutating func count(_ occurrences: Int, at now: Int64) -> Int64 {
    let third = occurrences >= 3 ? now : occurrences == 2 ? latest : beforeLatest
    beforeLatest = occurrences >= 2 ? now : latest
    latest = now
    return third
  }
}

/// Slots by key: open addressing with linear probing, at most half full.
struct Slots {
  private let base: UnsafeMutablePointer<Slot>
  private let capacity: Int
  private let shift: UInt32

  init(keys: Int) {
    let bits = UInt32(Int.bitWidth - (max(keys, 1) * 2 - 1).leadingZeroBitCount)
    capacity = 1 << Int(bits)
    shift = 32 - bits
    base = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Slot>.stride,
      alignment: 64
    ).initializeMemory(as: Slot.self, repeating: Slot(), count: capacity)
  }

  /// The slot of `key`, made if it is not there. Slots do not move.
  @inline(__always)
  func slot(of key: UInt32, severity: UInt8) -> UnsafeMutablePointer<Slot> {
    var index = Int((key &* 2_654_435_769) >> shift)
    while base[index].key != key &+ 1 {
      if base[index].key == 0 {
        base[index].key = key &+ 1
        base[index].severity = severity
        break
      }
      index = (index &+ 1) & (capacity &- 1)
    }
    return base + index
  }

  func deallocate() { base.deallocate() }
}
