public import Harness

/// What Tocsin is compared with: the graph written by hand, and from stock OpenCombine.
public enum ReferenceVariants {
  /// The name of the variant that stands for stock OpenCombine.
  public static let stock = "stock"

  /// All of them; the first is the baseline of the group "graph".
  public static var all: [Variant] {
    [
      .graph("hand-written", "one loop written by hand") { HandWritten.run($0) },
      .graph("hand-written-branching", "the same, a branch per kind") {
        HandWritten.runBranching($0)
      },
      .graph(stock, "stock OpenCombine, a subject per source") { StockGraph.run($0) },
      .graph("stock-erased", "the same, erased at the monitors") { StockGraph.runErased($0) },
      .graph("stock-naive", "one subject, three filters, erased") { StockGraph.runNaive($0) },
    ]
  }
}
