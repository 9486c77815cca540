/// How long the gaps between events are, as decaying counts of 64 steps of length.
///
/// Four steps an octave, from 8.4 ms on: a length is known to a fifth, or exactly at the borders.
/// All that is shorter is in the first step, all above nine minutes in the last. When 4,096 gaps are
/// counted every count is halved, so it stands on the latest two to four thousand. 136 bytes; a gap
/// costs O(1), a reading O(64).
struct GapHistogram: Hashable, Codable, Sendable {
  /// As many gaps are counted at most.
  static let fullWeight: UInt32 = 4_096

  private var counts = SIMD64<UInt16>()
  /// How many gaps are counted.
  private(set) var weight: UInt32 = 0

  init() {}

  /// Counts a gap of so many nanoseconds.
  mutating func learn(_ gap: Int64) {
    counts[Self.step(of: gap)] += 1
    weight += 1
    if weight >= Self.fullWeight { halve() }
  }

  /// The gap that so large a share of all gaps exceeds, in nanoseconds; nothing counted gives zero.
  func length(exceededBy share: Double) -> Double {
    let wanted = max(share * Double(weight), .leastNonzeroMagnitude)
    var above = 0.0
    for step in stride(from: 63, through: 0, by: -1) where counts[step] > 0 {
      let count = Double(counts[step])
      if above + count >= wanted {
        let (low, high) = (Self.border(step), Self.border(step + 1))
        return high - (high - low) * (wanted - above) / count
      }
      above += count
    }
    return 0
  }

  private mutating func halve() {
    counts &>>= SIMD64<UInt16>(repeating: 1)
    weight = UInt32(counts.wrappedSum())
  }

  /// The step that a gap belongs to.
  static func step(of gap: Int64) -> Int {
    let scaled = UInt64(max(0, gap)) >> 21
    guard scaled >= 4 else { return 0 }
    let octave = 63 - scaled.leadingZeroBitCount
    let quarter = Int(truncatingIfNeeded: (scaled >> UInt64(octave - 2)) & 3)
    return min(63, (octave - 2) * 4 + quarter)
  }

  /// The least gap of a step, in nanoseconds; zero for the first.
  static func border(_ step: Int) -> Double {
    guard step > 0 else { return 0 }
    return Double((4 + step % 4) << (step / 4)) * 2_097_152
  }
}
