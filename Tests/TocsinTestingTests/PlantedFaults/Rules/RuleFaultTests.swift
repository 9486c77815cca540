import CustomDump
import Foundation
import Testing
import TocsinTesting

/// Properties tell sound rules from rules with a bug, and show the bug in a few events.
@Suite struct RuleFaultTests {
  @Test(arguments: RuleFault.all.indices)
  func `the rule without the bug holds for 200 seeds`(index: Int) {
    let finding = RuleFault.all[index].right(200, 0...60)
    #expect(finding == nil, "\(RuleFault.all[index].name)\n\(finding?.text ?? "")")
  }

  @Test(arguments: RuleFault.all.indices)
  func `the rule without the bug holds for ten thousand events`(index: Int) {
    let finding = RuleFault.all[index].right(2, 10_000...10_000)
    #expect(finding == nil, "\(RuleFault.all[index].name)\n\(finding?.text ?? "")")
  }

  @Test func `every planted bug is found in ten thousand events and shown in five`() {
    var table = [row("bug", "seed", "events", "shrunk", "runs", "seconds")]
    for fault in RuleFault.all {
      let start = ContinuousClock.now
      let finding = fault.wrong(200, 10_000...10_000)
      let time = ContinuousClock.now - start
      guard let finding else {
        Issue.record("not found: \(fault.name)")
        continue
      }
      #expect(finding.before >= 10_000, "\(fault.name)")
      #expect(finding.after <= 5, "\(fault.name)\n\(finding.text)")
      #expect(finding.text.contains("in \(finding.runs) runs"), "\(fault.name)")
      let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
      table.append(
        row(
          fault.name,
          "\(finding.seed)",
          "\(finding.before)",
          "\(finding.after)",
          "\(finding.runs)",
          String(format: "%.2f", seconds)
        )
      )
    }
    print(table.joined(separator: "\n"))
  }

  @Test func `the same search gives the same failure, to the letter`() {
    for fault in RuleFault.all {
      let texts = (0..<2).map { _ in fault.wrong(200, 0...60)?.text }
      #expect(texts[0] != nil, "\(fault.name)")
      #expect(texts[0] == texts[1], "\(fault.name)")
    }
  }

  @Test func `a failure reads as what to look at, when, and how to see it again`() throws {
    let fault = try #require(RuleFault.all.first)
    let finding = try #require(fault.wrong(1, 10_000...10_000))
    expectNoDifference(
      finding.text,
      """
      The property does not hold for seed 0: it says:
        The rule differs from the model from output 2 on:
          model  10s  0
          rule   gives nothing more
        (The stream ends at 10s.)

      Input, shrunk from \(finding.before) events to 2 in \(finding.runs) runs:
        0s   0
        10s  0

      Replay with  seeds: 1, startingAt: 0
      """
    )
  }

  private func row(_ name: String, _ cells: String...) -> String {
    name.padding(toLength: 44, withPad: " ", startingAt: 0)
      + cells.map { String(repeating: " ", count: max(0, 9 - $0.count)) + $0 }.joined()
  }
}
