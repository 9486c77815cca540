/// Room for a few small values, which lie in it. How many it has is for the owner to know.
///
/// A rule that is kept for each of many keys has them at hand with its other fields. Only plain memory
/// (numbers, and structures of them) is kept so: 32 bytes of it. Of other values it has room for none.
@frozen
@usableFromInline
internal struct FewValues<Value> {
  @usableFromInline internal typealias Words = (UInt64, UInt64, UInt64, UInt64)

  @usableFromInline internal var memory: Words = (0, 0, 0, 0)

  @inlinable
  internal init() {}

  /// How many values there is room for.
  @inlinable internal static var capacity: Int {
    @inline(__always) get {
      guard _isPOD(Value.self), MemoryLayout<Value>.alignment <= MemoryLayout<Words>.alignment
      else { return 0 }
      return MemoryLayout<Words>.size / max(1, MemoryLayout<Value>.stride)
    }
  }

  /// Writes a value into a place below `capacity`.
  @inlinable
  @inline(__always)
  internal mutating func put(_ value: Value, at place: Int) {
    precondition(place >= 0 && place < Self.capacity)
    withUnsafeMutableBytes(of: &memory) { bytes in
      let address = bytes.baseAddress.unsafelyUnwrapped + place &* MemoryLayout<Value>.stride
      address.initializeMemory(as: Value.self, to: value)
    }
  }

  /// Adds the first values, all of which have been written, to the end of a list.
  @inlinable
  @inline(__always)
  internal func append(_ count: Int, to list: inout [Value]) {
    precondition(count <= Self.capacity)
    withUnsafeBytes(of: memory) { bytes in
      for place in 0..<count {
        let address = bytes.baseAddress.unsafelyUnwrapped + place &* MemoryLayout<Value>.stride
        list.append(address.assumingMemoryBound(to: Value.self).pointee)
      }
    }
  }
}

extension FewValues: Sendable where Value: Sendable {}
