import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

/// How often the detector is wrong, and how soon it is right; the tables of the guide.
struct AnomalyRateTests {
  static let guide = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/monitors/execution.md").standardized

  private func expectInGuide(_ row: String) throws {
    let text = try String(contentsOf: Self.guide, encoding: .utf8)
    let isThere = text.contains(row)
    #expect(isThere, "The guide has to have this row: \(row)")
  }

  private func percent(_ part: Int, _ whole: Int) -> String {
    String(format: "%.3f %%", 100 * Double(part) / Double(whole))
  }

  @Test(arguments: AnomalyStream.allCases)
  func `one value in a thousand begins a false episode, whatever the stream`(
    stream: AnomalyStream
  ) throws {
    var (false1, shifts, false2, total) = (0, 0, 0, 0)
    for seed in 0..<5 {
      var (detector, plain) = (AnomalyDetector(stream.settings), PlainScore())
      for (index, number) in stream.numbers(20_000, seed: seed).enumerated() {
        let verdict = detector.receive(number, at: minute(index))
        let isPlain = plain.begins(number)
        guard index >= 3_000 else { continue }
        total += 1
        if verdict == .began { false1 += 1 }
        if case .shifted = verdict { shifts += 1 }
        if isPlain { false2 += 1 }
      }
    }
    let rate = Double(false1) / Double(total)
    #expect(rate > 0.0006 && rate < 0.0014, "\(rate)")
    #expect(stream == .shifts ? shifts == 30 : shifts <= 15, "\(shifts) shifts")
    try expectInGuide(
      "| \(stream.rawValue) | \(percent(false1, total)) | \(percent(false2, total)) | \(shifts) |"
    )
  }

  @Test(arguments: [AnomalyStream.white, .heavy, .daily, .hours, .trend])
  func `a spike is seen at once, where the simple way is blind`(stream: AnomalyStream) throws {
    var (seen1, seen2) = (0, 0)
    let size = stream == .heavy ? 20.0 : 6
    for seed in 0..<50 {
      var (detector, plain) = (AnomalyDetector(stream.settings), PlainScore())
      var numbers = stream.numbers(4_001, seed: 1_000 + seed)
      numbers[4_000] += size
      for (index, number) in numbers.enumerated() {
        let verdict = detector.receive(number, at: minute(index))
        let isPlain = plain.begins(number)
        guard index == 4_000 else { continue }
        if verdict == .began { seen1 += 1 }
        if isPlain { seen2 += 1 }
      }
    }
    #expect(seen1 >= 42, "\(seen1) of 50")
    try expectInGuide(
      "| \(stream.rawValue), a spike of \(Int(size)) | \(2 * seen1) % | \(2 * seen2) % |"
    )
  }

  @Test(arguments: [3.0, 4, 6, 8])
  func `a level shift begins an episode at once and is the new level twenty values later`(
    size: Double
  ) throws {
    var (begun, confirmed): ([Int], [Int]) = ([], [])
    for seed in 0..<50 {
      var detector = AnomalyDetector()
      var (first, last): (Int?, Int?) = (nil, nil)
      for (index, number) in AnomalyStream.white.numbers(2_400, seed: 2_000 + seed).enumerated() {
        let verdict = detector.receive(number + (index < 2_000 ? 0 : size), at: minute(index))
        guard index >= 2_000 else { continue }
        if verdict == .began, first == nil { first = index - 2_000 }
        if case .shifted = verdict, last == nil { last = index - 2_000 }
      }
      if let first { begun.append(first) }
      if let last { confirmed.append(last) }
    }
    let delays = [begun, confirmed].map { $0.sorted()[$0.count / 2] }
    #expect(begun.count >= 45 && delays[0] <= 3)
    #expect(size < 4 || confirmed.count >= 48 && delays[1] <= 25)
    try expectInGuide(
      "| \(Int(size)) | \(2 * begun.count) % | \(delays[0]) | \(2 * confirmed.count) % | \(delays[1]) |"
    )
  }
}
