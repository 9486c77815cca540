import InMemoryTracing
import Tocsin

/// What is printed when a run has ended.
enum Ending {
  /// Prints the trace, if there is one, and the summary; gives the exit status.
  static func print(
    _ summary: Summary,
    _ tracer: InMemoryTracer?,
    _ common: CommonArguments,
    _ output: Output,
    _ errors: Output
  ) -> Int32 {
    if let tracer { printTrace(TraceTree(tracer), common.json ? errors : output) }
    if common.json {
      output.line(JSONText.line(SummaryJSON(summary)))
    } else {
      let text = SummaryText(summary: summary, style: Style(hasColour: output.hasColour))
      for line in text.lines { output.line(line) }
    }
    return summary.isInterrupted ? 130 : 0
  }

  private static func printTrace(_ tree: TraceTree, _ output: Output) {
    output.line("")
    output.line("Trace of the first alert")
    for line in tree.lines ?? ["there was no alert"] { output.line("  " + line) }
  }
}

/// The graph as a picture.
enum Drawing {
  static func print(
    _ settings: DeskSettings,
    _ format: PictureFormat,
    _ output: Output
  ) throws -> Int32 {
    let picture = try DeskGraph.make(settings).plan()
    switch format {
    case .mermaid: output.line(picture.mermaid)
    case .dot: output.line(picture.dot)
    case .json: output.line(picture.json)
    }
    return 0
  }
}
