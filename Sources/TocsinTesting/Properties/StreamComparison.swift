internal import Tocsin

/// Compares what two ways of doing the same thing gave, in order, with their instants.
struct StreamComparison<Value: Equatable> {
  /// What each side is called in the text: `model`, `rule`.
  var names: (expected: String, actual: String)

  /// Nil when both are the same. Values are the same when they are equal, or read alike: that takes
  /// in a NaN.
  func difference(_ expected: [Timed<Value>], _ actual: [Timed<Value>]) -> String? {
    let shared = zip(expected, actual)
    let same = shared.prefix { $0 == $1 || isAlike($0, $1) }.count
    if same == expected.count && same == actual.count { return nil }
    let heading =
      "The \(names.actual) differs from the \(names.expected) from output \(same + 1) on:"
    return
      ([heading] + lines(names.expected, expected[same...]) + lines(names.actual, actual[same...]))
      .joined(separator: "\n")
  }

  private func isAlike(_ left: Timed<Value>, _ right: Timed<Value>) -> Bool {
    left.offset == right.offset && valueText(left.value) == valueText(right.value)
  }

  private func lines(_ name: String, _ outputs: ArraySlice<Timed<Value>>) -> [String] {
    let width = max(names.expected.count, names.actual.count)
    let label = "  " + name + String(repeating: " ", count: width - name.count) + "  "
    if outputs.isEmpty { return [label + "gives nothing more"] }
    let more = outputs.count > 3 ? ["\(label)… \(outputs.count - 3) more"] : []
    return outputs.prefix(3).map { "\(label)\($0)" } + more
  }
}
