/// A series of returns: the sums of all of them, and of the last so many.
///
/// What concerns the last ones is brought up to date when it is asked for, so a return costs little
/// however many come between two looks.
struct ReturnSeries: Sendable {
  var total = ReturnSums()
  private var recent: SlidingSums
  private var sorted: SortedWindow
  let minimumAcceptableReturn: Double

  init(window: Int, minimumAcceptableReturn: Double) {
    recent = SlidingSums(capacity: window, minimumAcceptableReturn: minimumAcceptableReturn)
    sorted = SortedWindow(capacity: window)
    self.minimumAcceptableReturn = minimumAcceptableReturn
  }

  /// The last returns, oldest first.
  var samples: Recent<ReturnSample> { recent.samples }

  /// Takes a return. O(1), no allocation once the window is full.
  mutating func append(_ sample: ReturnSample) {
    total.add(ReturnSums(sample, minimumAcceptableReturn: minimumAcceptableReturn))
    sorted.note(leaving: recent.append(sample)?.value)
  }

  /// The sums of the last returns. O(1) amortised for each return since the last time.
  mutating func recentSums() -> ReturnSums { recent.sums() }

  /// The values of the last returns in ascending order. For each return since the last time O(log n),
  /// and 8 bytes moved for each value that lies between it and the one that left; O(n log n) when many
  /// have come.
  mutating func sortedRecent() -> SortedWindow {
    sorted.settle(recent.samples.lazy.map(\.value))
    return sorted
  }

  /// Whether a return can be reckoned with: anything larger is not a return.
  static func isUsable(_ value: Double) -> Bool { abs(value) <= 1e12 }
}
