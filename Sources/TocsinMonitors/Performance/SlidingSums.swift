/// The sums of the last so many returns.
///
/// Two stacks make a queue *(Tangwongsan, Hirzel and Schneider 2015)*: of the older returns the sums
/// of every tail are kept, of the newer ones the sum of all. A return leaves by dropping a tail, so
/// nothing is ever subtracted, and the window is as exact after a year as after a minute. O(1) a
/// return, amortised: once in a window all tails are formed anew. No allocation once the window is
/// full; 200 bytes for each return in it.
struct SlidingSums: Sendable {
  private(set) var samples: Recent<ReturnSample>
  private var tails: [ReturnSums] = []
  private var newer = ReturnSums()
  private let minimumAcceptableReturn: Double

  init(capacity: Int, minimumAcceptableReturn: Double) {
    samples = Recent(capacity: capacity)
    self.minimumAcceptableReturn = minimumAcceptableReturn
  }

  /// The sums of all returns in the window.
  var sums: ReturnSums {
    guard var sums = tails.last else { return newer }
    sums.add(newer)
    return sums
  }

  /// Appends a return and its sums; gives back the oldest one if it had to go.
  mutating func append(_ sample: ReturnSample, _ sums: ReturnSums) -> ReturnSample? {
    if samples.count == samples.capacity { dropOldest() }
    newer.add(sums)
    return samples.append(sample)
  }

  private mutating func dropOldest() {
    if tails.isEmpty { formTails() }
    tails.removeLast()
  }

  private mutating func formTails() {
    tails.reserveCapacity(samples.capacity)
    var tail = ReturnSums()
    for place in samples.indices.reversed() {
      tail.add(ReturnSums(samples[place], minimumAcceptableReturn: minimumAcceptableReturn))
      tails.append(tail)
    }
    newer = ReturnSums()
  }
}
