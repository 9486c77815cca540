/// What a slot of a ``KeyTable`` keeps besides its key and its state.
@frozen
@usableFromInline
struct KeyTableHeader {
  @usableFromInline static var occupied: Int32 { -1 }
  @usableFromInline static var endOfFree: Int32 { -2 }

  @usableFromInline var hash: UInt32
  /// `occupied`, or the next free slot, or `endOfFree`.
  @usableFromInline var link: Int32

  @inlinable
  init(hash: UInt32, link: Int32) {
    self.hash = hash
    self.link = link
  }
}

/// The memory of a ``KeyTable``: an index of slot numbers, and cells of header, key and state.
///
/// All unsafe pointers of the table are in this file and in the extension beside it. Cells of free
/// slots hold a header only; their key and state are not initialised. The fields are reached only
/// through the table's struct, whose exclusive access the compiler checks, so the dynamic check is
/// switched off.
@usableFromInline
final class KeyTableStorage<Key: Hashable, State> {
  /// Slot numbers, as ``entry(_:_:at:)`` writes them; zero where empty. 2^bits places, at most half of
  /// them taken.
  @exclusivity(unchecked) @usableFromInline var index: UnsafeMutablePointer<UInt32>
  @exclusivity(unchecked) @usableFromInline var cells: UnsafeMutableRawPointer
  @exclusivity(unchecked) @usableFromInline var bits: UInt32
  /// Slots below this number have a header.
  @exclusivity(unchecked) @usableFromInline var used = 0
  @exclusivity(unchecked) @usableFromInline var free = KeyTableHeader.endOfFree
  @exclusivity(unchecked) @usableFromInline var count = 0

  @inlinable
  init(bits: UInt32) {
    precondition(bits < 29, "a KeyTable holds at most 2^27 keys")
    self.bits = bits
    index = .allocate(capacity: 1 << Int(bits))
    index.initialize(repeating: 0, count: 1 << Int(bits))
    cells = Self.allocateCells(1 << Int(bits - 1))
  }

  @inlinable
  deinit {
    for slot in 0..<used where isOccupied(slot) {
      keyPointer(slot).deinitialize(count: 1)
      statePointer(slot).deinitialize(count: 1)
    }
    cells.deallocate()
    index.deallocate()
  }

  @inlinable @inline(__always) static var keyOffset: Int { roundUp(8, MemoryLayout<Key>.alignment) }
  @inlinable @inline(__always) static var stateOffset: Int {
    roundUp(keyOffset + MemoryLayout<Key>.size, MemoryLayout<State>.alignment)
  }
  @inlinable @inline(__always) static var alignment: Int {
    max(8, MemoryLayout<Key>.alignment, MemoryLayout<State>.alignment)
  }
  /// A cell of more than half a cache line begins with one.
  @inlinable @inline(__always) static var stride: Int {
    let size = stateOffset + MemoryLayout<State>.size
    return roundUp(size, size > 32 ? max(64, alignment) : alignment)
  }

  @inlinable
  @inline(__always)
  static func roundUp(_ size: Int, _ alignment: Int) -> Int {
    (size + alignment - 1) & ~(alignment - 1)
  }

  /// Aligned to cache lines, so that a cell lies in as few of them as can be.
  @inlinable
  static func allocateCells(_ count: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: count * stride, alignment: max(64, alignment))
  }

  @inlinable
  @inline(__always)
  func headerPointer(_ slot: Int) -> UnsafeMutablePointer<KeyTableHeader> {
    (cells + slot &* Self.stride).assumingMemoryBound(to: KeyTableHeader.self)
  }

  @inlinable
  @inline(__always)
  func keyPointer(_ slot: Int) -> UnsafeMutablePointer<Key> {
    (cells + (slot &* Self.stride &+ Self.keyOffset)).assumingMemoryBound(to: Key.self)
  }

  @inlinable
  @inline(__always)
  func statePointer(_ slot: Int) -> UnsafeMutablePointer<State> {
    (cells + (slot &* Self.stride &+ Self.stateOffset)).assumingMemoryBound(to: State.self)
  }

  @inlinable
  @inline(__always)
  func isOccupied(_ slot: Int) -> Bool {
    UInt(bitPattern: slot) < UInt(bitPattern: used)
      && headerPointer(slot).pointee.link == KeyTableHeader.occupied
  }
}
