internal import Foundation

extension GraphPicture {
  /// The picture as a Mermaid flow chart, with the counters where there are any.
  public var mermaid: String {
    var lines = ["flowchart LR"]
    for (index, node) in nodes.enumerated() {
      let (open, close) = node.brackets
      lines.append("  n\(index)\(open)\"\(escaped(node.lines, newline: "<br/>"))\"\(close)")
    }
    for edge in edges { lines.append("  n\(index(edge.from)) --> n\(index(edge.to))") }
    return lines.joined(separator: "\n")
  }

  /// The picture in the DOT language of Graphviz, with the counters where there are any.
  public var dot: String {
    var lines = [
      "digraph \"\(dotQuoted(name))\" {", "  rankdir=LR;", "  node [shape=box, fontname=\"sans\"];",
    ]
    for (index, node) in nodes.enumerated() {
      let label = node.lines.map(dotQuoted)
      lines.append("  n\(index) [label=\"\(label.joined(separator: "\\n"))\"\(node.dotShape)];")
    }
    for edge in edges { lines.append("  n\(index(edge.from)) -> n\(index(edge.to));") }
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// The picture as JSON, with sorted keys.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private func index(_ id: String) -> Int { nodes.firstIndex { $0.id == id } ?? 0 }

  private func escaped(_ lines: [String], newline: String) -> String {
    lines.map { line in
      line.onOneLine.replacing("#", with: "#35;").replacing("&", with: "#amp;")
        .replacing("\"", with: "#quot;").replacing("<", with: "#lt;").replacing(">", with: "#gt;")
        .replacing("`", with: "#96;")
    }.joined(separator: newline)
  }

  private func dotQuoted(_ text: String) -> String {
    text.onOneLine.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}

extension NodePicture {
  /// The lines of the node's box.
  var lines: [String] {
    var lines = [id]
    let words = id.hasSuffix(kind) ? detail : "\(kind) \(detail)"
    let trimmed = words.trimmingCharacters(in: .whitespaces)
    if !trimmed.isEmpty && trimmed != id { lines.append(trimmed) }
    if received + made > 0 { lines.append(counters) }
    if let lastError { lines.append("error: \(lastError)") }
    return lines
  }

  private var counters: String {
    var parts = ["in \(received)", "out \(passed)"]
    if made > 0 { parts.append("made \(made)") }
    if held > 0 { parts.append("held \(held)") }
    for (reason, count) in dropped.sorted(by: { $0.key < $1.key }) {
      parts.append("\(reason) \(count)")
    }
    return parts.joined(separator: " · ")
  }

  var brackets: (String, String) {
    switch kind {
    case "inlet", "stock": ("([", "])")
    case "alert": ("{{", "}}")
    case "route": ("{", "}")
    case "sink", "outlet", "each": ("[/", "/]")
    default: ("[", "]")
    }
  }

  var dotShape: String {
    switch kind {
    case "inlet", "stock": ", shape=oval"
    case "alert": ", shape=hexagon"
    case "route": ", shape=diamond"
    case "sink", "outlet", "each": ", shape=parallelogram"
    default: ""
    }
  }
}

extension String {
  /// The text without line breaks and control characters, which would end a label.
  fileprivate var onOneLine: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          let isBreak =
            scalar.properties.generalCategory == .control
            || "\u{2028}\u{2029}".unicodeScalars.contains(scalar)
          return isBreak ? " " : scalar
        }
      )
    )
  }
}
