import ReferenceGraph
import Testing

@testable import Harness

@Suite struct HarnessTests {
  @Test func `a ratio is the median of the rounds' ratios, not the ratio of the medians`() {
    let ratio = Ratio(series("a", [10, 40, 90]), to: series("b", [10, 10, 10]))
    #expect(ratio.median == 4)
    #expect(ratio.range == 1...9)
    let disturbed = Ratio(series("a", [2, 20, 200]), to: series("b", [1, 10, 100]))
    #expect(disturbed.range == 2...2)
  }

  @Test func `the median of an even number is in the middle of two`() {
    #expect([4.0, 1, 3, 2].median == 2.5)
    #expect([Double]().median == 0)
  }

  @Test func `named variants come with the baseline of their group`() {
    var registry = Registry()
    registry.add([variant("first"), variant("second"), variant("third")])
    let names = registry.variants(in: .graph, named: ["third"]).map(\.name)
    #expect(names == ["first", "third"])
    #expect(registry.variants(in: .graph, named: ["elsewhere"]).isEmpty)
    #expect(registry.variants(in: .timers, named: []).isEmpty)
  }

  @Test func `a table shows ratios to the baseline and to stock`() {
    let all = [series("first", [10, 10]), series("stock", [200, 200]), series("ours", [20, 20])]
    let lines = Table(.graph, on: .calm(10), all, stock: "stock").text.split(separator: "\n")
    #expect(lines[0] == "## graph, calm: 10 events, median of 2 rounds")
    let cells = lines[5].split(separator: "|").map { $0.filter { $0 != " " } }
    #expect(cells[0] == "ours" && cells[3] == "2.00" && cells[5] == "10.0")
    #expect(cells[6] == "notcounted")
  }

  private func variant(_ name: String) -> Variant {
    .graph(name, "of a test") { _ in Outcome() }
  }

  private func series(_ name: String, _ cpu: [Double]) -> Series {
    let samples = cpu.map { Sample(wall: $0, cpu: $0, outcome: Outcome()) }
    return Series(variant: variant(name), samples: samples)
  }
}
