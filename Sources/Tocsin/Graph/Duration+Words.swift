/// A duration for a picture: `3 s`, `5 min`.
@usableFromInline
func words(_ duration: Duration, most: Duration? = nil, keep: Duration = .zero) -> String {
  var text = duration.formattedShortly
  if let most { text += ", at most \(most.formattedShortly)" }
  if keep > .zero { text += ", keeps \(keep.formattedShortly)" }
  return text
}

extension Duration {
  /// `250 ms`, `3 s`, `5 min`, `2 h`.
  public var formattedShortly: String {
    let nanoseconds = wholeNanoseconds
    let units: [(Int64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min"),
      (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"),
    ]
    for (size, name) in units where nanoseconds.magnitude >= UInt64(size) {
      let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: size)
      let tenths = rest * 10 / size
      return tenths == 0 ? "\(whole) \(name)" : "\(whole).\(tenths.magnitude) \(name)"
    }
    return "\(nanoseconds) ns"
  }
}
