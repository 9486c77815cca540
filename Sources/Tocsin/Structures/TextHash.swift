/// A hash of a text of 64 well mixed bits, for tables that live in one process.
///
/// Equal texts have equal hashes, as canonical equivalence wants: `"\u{212A}"` is a `"K"`. Mixed with
/// a secret of the process, as Swift's own hashes are. A text of ASCII costs one multiplication for
/// every eight bytes and one more, about half of Swift's hash; any other text costs Swift's hash.
@usableFromInline
package func quickHash(_ text: String) -> UInt64 {
  // Not `withUTF8` for all: it changes the text, and a copy to change takes longer than the hash.
  if let hash = text.utf8.withContiguousStorageIfAvailable({ asciiHash($0) }) {
    return hash ?? foreignHash(text)
  }
  var native = text
  return native.withUTF8(asciiHash) ?? foreignHash(text)
}

/// The same of two texts that are one key.
@usableFromInline
package func quickHash(_ first: String, _ second: String) -> UInt64 {
  let (left, right) = (quickHash(first), quickHash(second))
  return folded(left ^ (right &<< 32 | right &>> 32))
}

private let secret = UInt64(bitPattern: Int64(0x746F_6373.hashValue))

/// Both halves of a product with an odd number without a pattern (the golden ratio).
@inline(__always)
private func folded(_ bits: UInt64) -> UInt64 {
  let product = bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
  return product.high ^ product.low
}

/// Nil when not all of it is ASCII. The last word overlaps the one before it. Folded once more at the
/// end: names that are counted up differ in few bits, and one product does not spread them evenly.
@inline(__always)
private func asciiHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
  let memory = UnsafeRawBufferPointer(bytes)
  // The length is spread over all bits: in the low ones it would be undone by another character.
  var hash = secret ^ UInt64(truncatingIfNeeded: memory.count) &* 0xD6E8_FEB8_6659_FD93
  var all: UInt64 = 0
  var first = 0
  while first &+ 8 < memory.count {
    let word = memory.loadUnaligned(fromByteOffset: first, as: UInt64.self)
    (all, hash) = (all | word, folded(hash ^ word))
    first &+= 8
  }
  let word = lastWord(memory)
  return (all | word) & 0x8080_8080_8080_8080 == 0 ? folded(folded(hash ^ word)) : nil
}

/// The last eight bytes; all of them when there are fewer.
@inline(__always)
private func lastWord(_ memory: UnsafeRawBufferPointer) -> UInt64 {
  let count = memory.count
  if count >= 8 { return memory.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self) }
  if count >= 4 {
    let low = memory.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
    let high = memory.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
    return UInt64(high) &<< 32 | UInt64(low)
  }
  guard count > 0 else { return 0 }
  return UInt64(memory[0]) | UInt64(memory[count / 2]) &<< 8 | UInt64(memory[count &- 1]) &<< 16
}

/// Three characters are the same as one of ASCII, so a text with no others beside ASCII is hashed as
/// that. The standard promises that there will be no more (Unicode Standard Annex 15, stability).
@inline(never)
private func foreignHash(_ text: String) -> UInt64 {
  let scalars = text.unicodeScalars
  guard scalars.allSatisfy({ $0.isASCII || asciiTwin(of: $0) != nil }) else {
    return UInt64(bitPattern: Int64(text.hashValue))
  }
  var plain = String(String.UnicodeScalarView(scalars.map { asciiTwin(of: $0) ?? $0 }))
  return plain.withUTF8(asciiHash) ?? 0
}

private func asciiTwin(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar {
  case "\u{37E}": ";"
  case "\u{1FEF}": "`"
  case "\u{212A}": "K"
  default: nil
  }
}
