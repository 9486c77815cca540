import Foundation
public import ReferenceGraph

/// The results of one group on one workload, as a table in Markdown.
public struct Table: Sendable {
  private let title: String
  private let series: [Series]
  private let stock: Series?

  /// Makes a table. `stock` is the name of the variant that the last ratio compares with.
  public init(_ group: Group, on workload: Workload, _ series: [Series], stock: String) {
    let rounds = series.first?.samples.count ?? 0
    title =
      "\(group.rawValue), \(workload.name): \(workload.events.count) events, median of "
      + "\(rounds) rounds"
    self.series = series
    self.stock = series.first { $0.variant.name == stock }
  }

  /// The table's text, with its title and the outcome of the baseline.
  public var text: String {
    let rows = [header, header.map { _ in "---" }] + series.map(row)
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in "| " + padded(row, widths).joined(separator: " | ") + " |" }
    let outcome = series.first?.samples.first.map { "Outcome: \($0.outcome)\n" } ?? ""
    return "## \(title)\n\n" + lines.joined(separator: "\n") + "\n\n" + outcome
  }

  private var header: [String] {
    let baseline = series.first?.variant.name ?? "baseline"
    return [
      "variant", "wall ns", "CPU ns", "x \(baseline)", "min..max", "stock / it",
      "allocations each", "in one run", "what",
    ]
  }

  private func row(_ one: Series) -> [String] {
    let ratio = series.first.map { Ratio(one, to: $0) }
    let speed = stock.map { Ratio($0, to: one).median }
    return [
      one.variant.name,
      fixed(one.samples.map(\.wall).median, 2),
      fixed(one.samples.map(\.cpu).median, 2),
      ratio.map { fixed($0.median, 2) } ?? "-",
      ratio.map { "\(fixed($0.range.lowerBound, 2))..\(fixed($0.range.upperBound, 2))" } ?? "-",
      speed.map { fixed($0, 1) } ?? "-",
      one.allocations.map { fixed($0.perOperation, 4) } ?? "not counted",
      one.allocations.map { "\($0.calls)" } ?? "not counted",
      one.variant.summary,
    ]
  }

  private func padded(_ row: [String], _ widths: [Int]) -> [String] {
    zip(row, widths).map { cell, width in
      let fill = cell == "---" ? "-" : " "
      return cell + String(repeating: fill, count: width - cell.count)
    }
  }

  private func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
