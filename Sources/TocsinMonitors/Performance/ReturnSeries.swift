/// A series of returns: the sums of all of them, and of the last so many.
struct ReturnSeries: Sendable {
  var total = ReturnSums()
  private(set) var recent: SlidingSums
  private(set) var sorted: SortedWindow
  let minimumAcceptableReturn: Double

  init(window: Int, minimumAcceptableReturn: Double) {
    recent = SlidingSums(capacity: window, minimumAcceptableReturn: minimumAcceptableReturn)
    sorted = SortedWindow(capacity: window)
    self.minimumAcceptableReturn = minimumAcceptableReturn
  }

  /// Takes a return. O(1) amortised but for 8 bytes moved for each value of the window that lies
  /// between it and the one that leaves; no allocation once the window is full.
  mutating func append(_ sample: ReturnSample) {
    let sums = ReturnSums(sample, minimumAcceptableReturn: minimumAcceptableReturn)
    total.add(sums)
    guard let dropped = recent.append(sample, sums) else { return sorted.insert(sample.value) }
    sorted.replace(dropped.value, with: sample.value)
  }

  /// Whether a return can be reckoned with: anything larger is not a return.
  static func isUsable(_ value: Double) -> Bool { abs(value) <= 1e12 }
}
