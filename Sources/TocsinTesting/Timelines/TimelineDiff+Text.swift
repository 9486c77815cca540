internal import CustomDump

extension TimelineDiff {
  /// The lines that differ and those around them; nil when nothing differs.
  var text: String? { lines.allSatisfy { $0.sign == " " } ? nil : shown.joined(separator: "\n") }

  /// The lines, long runs cut, offsets in a column.
  private var shown: [String] {
    let width = lines.map(\.offset.offsetText.count).max() ?? 0
    var texts: [String] = []
    var hidden = 0
    for index in lines.indices {
      guard isNearDifference(index) else {
        hidden += 1
        continue
      }
      if hidden > 0 { texts.append("    … \(hidden) more") }
      hidden = 0
      texts.append(text(of: lines[index], width))
      texts += detail(at: index)
    }
    return hidden > 0 ? texts + ["    … \(hidden) more"] : texts
  }

  private func isNearDifference(_ index: Int) -> Bool {
    lines[max(0, index - 3)...min(lines.count - 1, index + 3)].contains { $0.sign != " " }
  }

  private func text(of line: Line, _ width: Int) -> String {
    let offset = line.offset.offsetText
    let gap = String(repeating: " ", count: width - offset.count)
    return "  \(line.sign) \(offset)\(gap)  \(line.text)"
  }

  /// CustomDump's difference of a value and the one that came in its place, where both read alike.
  private func detail(at index: Int) -> [String] {
    guard index > 0, lines[index].sign == "+", lines[index - 1].sign == "-",
      lines[index].offset == lines[index - 1].offset,
      let left = lines[index - 1].expected.flatMap({ expected[$0].value }) as? Actual,
      let right = lines[index].actual.flatMap({ actual[$0].value }),
      lines[index].text == lines[index - 1].text || isLong(lines[index].text),
      let difference = diff(left, right)
    else { return [] }
    return difference.split(separator: "\n").map { "        \($0)" }
  }

  private func isLong(_ text: String) -> Bool { text.count > 40 && text.contains("(") }
}
