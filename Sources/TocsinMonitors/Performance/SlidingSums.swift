/// The sums of the last so many returns.
///
/// Two stacks make a queue *(Tangwongsan, Hirzel and Schneider 2015)*: of the older returns the sums
/// of every tail are kept, of the newer ones the sum of all. A return leaves by dropping a tail, so
/// nothing is ever subtracted, and the window is as exact after a year as after a minute. O(1) a
/// return, amortised: once in a window all tails are formed anew. No allocation once the window is
/// full; 200 bytes for each return in it.
///
/// A return is added when the sums are asked for. Who asks after each return pays for each; who asks
/// seldom does not pay for those that have left the window by then.
struct SlidingSums: Sendable {
  private(set) var samples: Recent<ReturnSample>
  /// The sums of the oldest returns: of all of them first at the end, then of all but the oldest.
  private var tails: [ReturnSums] = []
  /// The sum of those that come after the tails, as far as they were added.
  private var newer = ReturnSums()
  private let minimumAcceptableReturn: Double

  init(capacity: Int, minimumAcceptableReturn: Double) {
    samples = Recent(capacity: capacity)
    self.minimumAcceptableReturn = minimumAcceptableReturn
  }

  /// The sums of all returns in the window.
  mutating func sums() -> ReturnSums {
    if tails.isEmpty { formTails() } else { addNewest() }
    guard var sums = tails.last else { return newer }
    sums.add(newer)
    return sums
  }

  /// Appends a return; gives back the oldest one if it had to go.
  mutating func append(_ sample: ReturnSample) -> ReturnSample? {
    if samples.count == samples.capacity, tails.popLast() == nil { newer = ReturnSums() }
    return samples.append(sample)
  }

  private mutating func addNewest() {
    for place in tails.count + newer.count..<samples.count { newer.add(sums(at: place)) }
  }

  private mutating func formTails() {
    tails.reserveCapacity(samples.capacity)
    var tail = ReturnSums()
    for place in samples.indices.reversed() {
      tail.add(sums(at: place))
      tails.append(tail)
    }
    newer = ReturnSums()
  }

  @inline(__always)
  private func sums(at place: Int) -> ReturnSums {
    ReturnSums(samples[place], minimumAcceptableReturn: minimumAcceptableReturn)
  }
}
