import Testing
import Tocsin

@Suite("Nanoseconds of durations and instants")
struct WholeNanosecondsTests {
  /// By the parts that the standard library gives.
  private func slowly(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    let exact = Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)
    return Int64(clamping: exact)
  }

  private func expectSame(_ duration: Duration) {
    #expect(duration.wholeNanoseconds == slowly(duration), "\(duration.attoseconds) attoseconds")
  }

  @Test("They are rounded toward zero and end at the ends of Int64")
  func ends() {
    for nanoseconds in [Int64.min, .min + 1, -1_000_000_000, -1, 0, 1, .max - 1, .max] {
      for attoseconds in [-1_000_000_000, -999_999_999, -1, 0, 1, 999_999_999, 1_000_000_000] {
        expectSame(.nanoseconds(nanoseconds) + Duration(attoseconds: Int128(attoseconds)))
      }
      expectSame(.seconds(nanoseconds))
    }
  }

  @Test("They are those of the parts, of any magnitude")
  func anyMagnitude() {
    var random = StructureRandom(seed: 7)
    for _ in 0..<20_000 {
      let bits = Int128(Int64(bitPattern: random.next())) << Int128(random.next() % 54)
      expectSame(Duration(attoseconds: bits >> Int128(random.next() % 110)))
    }
  }

  @Test("Between two instants they end at the ends of Int64")
  func betweenInstants() {
    let ends = [Int64.min, .min + 1, -5, 0, 7, .max - 1, .max].map { Instant(nanoseconds: $0) }
    for start in ends {
      for end in ends {
        let exact = Int128(end.nanoseconds) - Int128(start.nanoseconds)
        #expect(start.nanoseconds(to: end) == Int64(clamping: exact))
        #expect(start.duration(to: end) == .nanoseconds(Int64(clamping: exact)))
      }
    }
  }
}
