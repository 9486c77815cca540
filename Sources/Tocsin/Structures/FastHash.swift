/// A hash of `key` of 32 well mixed bits, for tables that live in one process.
///
/// A fixed-width integer costs one multiplication: the comparison of types folds away where `Key`
/// is known. A text goes through ``quickHash(_:)``, every other type through its `hashValue`; both
/// are seeded anew in each process. The integer hash is not seeded: whoever can choose integer keys
/// can make them collide.
@inlinable
@inline(__always)
func fastHash<Key: Hashable>(_ key: Key) -> UInt32 {
  if let bits = integerBits(key) {
    let product = bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return UInt32(truncatingIfNeeded: (product.high ^ product.low) >> 32)
  }
  if Key.self == String.self {
    return UInt32(truncatingIfNeeded: quickHash(unsafeBitCast(key, to: String.self)) >> 32)
  }
  return UInt32(truncatingIfNeeded: UInt64(truncatingIfNeeded: key.hashValue) >> 32)
}

/// True when keys of this type are compared faster than their stored hashes.
@inlinable
@inline(__always)
func isPlainInteger<Key>(_: Key.Type) -> Bool {
  Key.self == Int.self || Key.self == UInt.self || Key.self == Int64.self
    || Key.self == UInt64.self || Key.self == Int32.self || Key.self == UInt32.self
    || Key.self == Int16.self || Key.self == UInt16.self || Key.self == Int8.self
    || Key.self == UInt8.self
}

/// The bits of a key that is a fixed-width integer; nil for every other type.
@inlinable
@inline(__always)
func integerBits<Key>(_ key: Key) -> UInt64? {
  guard isPlainInteger(Key.self) else { return nil }
  switch MemoryLayout<Key>.size {
  case 8: return unsafeBitCast(key, to: UInt64.self)
  case 4: return UInt64(unsafeBitCast(key, to: UInt32.self))
  case 2: return UInt64(unsafeBitCast(key, to: UInt16.self))
  default: return UInt64(unsafeBitCast(key, to: UInt8.self))
  }
}
