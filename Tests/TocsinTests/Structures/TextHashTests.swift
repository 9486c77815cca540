import Testing

@testable import Tocsin

@Suite("Hashes of texts")
struct TextHashTests {
  @Test("A character that is the same as one of ASCII has its hash")
  func charactersOfASCII() {
    let plain = Set((0..<128).map { String(Unicode.Scalar(UInt8($0))) })
    for code in UInt32(128)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code), plain.contains(String(scalar)) else { continue }
      for (left, right) in [("", ""), ("ab", ""), ("", "abcdefghij"), ("é", "x")] {
        let text = left + String(scalar) + right
        let twin = left + (plain.first { $0 == String(scalar) } ?? "") + right
        #expect(text == twin && quickHash(text) == quickHash(twin), "U+\(String(code, radix: 16))")
      }
    }
  }

  @Test("Texts that are equal in other characters have one hash")
  func equalTexts() {
    let pairs = [
      ("caf\u{E9}", "cafe\u{301}"), ("\u{212B}", "\u{C5}"), ("\u{212A}\u{E9}", "Ke\u{301}"),
      ("\u{AC00}", "\u{1100}\u{1161}"), ("\u{1FEF}\u{37E}\u{212A}", "`;K"),
    ]
    for (left, right) in pairs {
      #expect(left == right)
      #expect(quickHash(left) == quickHash(right))
      #expect(quickHash(left, right) == quickHash(right, left))
      #expect(KeyTable([left]).slot(of: right) == 0)
    }
  }

  @Test("A text is the same wherever its bytes lie")
  func storage() {
    for text in ["", "A", "AAPL", "o-123456", "a text of more than fifteen bytes"] {
      var heap = String(repeating: "x", count: 100)
      heap.replaceSubrange(heap.startIndex..., with: text)
      #expect(quickHash(heap) == quickHash(text))
      #expect(quickHash(String("<\(text)>".dropFirst().dropLast())) == quickHash(text))
    }
  }

  @Test("One other byte, anywhere in texts of up to 40, is another hash, also than other lengths'")
  func oneByte() {
    var seen: Set<UInt64> = []
    var count = 0
    for length in 0...40 {
      let plain = [UInt8](repeating: 97, count: length)
      seen.insert(quickHash(String(decoding: plain, as: UTF8.self)))
      count += 1
      for place in plain.indices {
        for byte in UInt8(0)..<128 where byte != 97 {
          var other = plain
          other[place] = byte
          seen.insert(quickHash(String(decoding: other, as: UTF8.self)))
          count += 1
        }
      }
    }
    #expect(seen.count == count)
  }

  @Test("Names that are counted up fill a table at least as evenly as chance")
  func evenness() {
    for name in ["SYM", "o", "order-2026-11-29-"] {
      let hashes = (0..<65_536).map { quickHash("\(name)\($0)") }
      // The bits that say the home in a table, and the lowest of those that tell keys apart there.
      for shift in [UInt64(52), 32] {
        var places = [Int](repeating: 0, count: 4_096)
        for hash in hashes { places[Int(hash >> shift & 4_095)] += 1 }
        let excess = places.reduce(0.0) { $0 + (Double($1) - 16) * (Double($1) - 16) / 16 }
        // Chi-squared of 4,095 degrees: 4,095 +- 90; eight deviations.
        #expect(excess < 4_819, "\(name), from bit \(shift): \(excess)")
      }
    }
  }

  @Test("Two texts are another key than the same two the other way, or cut elsewhere")
  func pairs() {
    #expect(quickHash("a", "b") != quickHash("b", "a"))
    #expect(quickHash("ab", "c") != quickHash("a", "bc"))
    #expect(quickHash("", "a") != quickHash("a", ""))
  }

  @Test("Alert keys that are equal have one hash")
  func alertKeys() {
    let key = AlertKey("caf\u{E9}", subject: "\u{212A}")
    let same = AlertKey("cafe\u{301}", subject: "K")
    #expect(key == same && key.hashValue == same.hashValue)
    #expect(Set([key]).contains(same))
    #expect(!Set([key]).contains(AlertKey("K", subject: "caf\u{E9}")))
  }
}

extension KeyTable where State == Int {
  fileprivate init(_ keys: [Key]) {
    self.init()
    for key in keys { insert(key, 0) }
  }
}
