/// A 64-bit hash of bytes that is the same in every run (FNV-1a, with the finaliser of SplitMix64).
///
/// Two different lines of one million collide with a probability of about 3e-8. It does not
/// withstand somebody who makes collisions on purpose.
enum Fingerprint {
  static func of(_ bytes: [UInt8], _ range: Range<Int>, seed: UInt64) -> UInt64 {
    var hash = 0xCBF2_9CE4_8422_2325 ^ seed
    for at in range { hash = (hash ^ UInt64(bytes[at])) &* 0x100_0000_01B3 }
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }
}
