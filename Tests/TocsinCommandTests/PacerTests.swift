import CustomDump
import Testing
import Tocsin

@testable import TocsinCommand

@Suite struct PacerTests {
  private func deadlines(_ speed: Speed, _ seconds: [Int64]) -> [Int64?] {
    var pacer = Pacer(speed, now: 0)
    return seconds.map { pacer.deadline(of: Instant(nanoseconds: $0 * 1_000_000_000)) }
  }

  @Test func `at full speed nothing waits`() {
    expectNoDifference(deadlines(.max, [0, 5, 10]), [nil, nil, nil])
  }

  @Test func `recorded time runs so many times as fast`() {
    expectNoDifference(deadlines(.times(10), [100, 110, 130]), [0, 1_000_000_000, 3_000_000_000])
  }

  @Test func `a night is as long as a second`() {
    expectNoDifference(
      deadlines(.times(1), [0, 60_000, 60_001]),
      [0, 1_000_000_000, 2_000_000_000]
    )
  }

  @Test(arguments: [
    ("max", Speed.max), ("real", .times(1)), ("60x", .times(60)), ("0.5x", .times(0.5)),
  ])
  func `speeds are read`(text: String, speed: Speed) {
    expectNoDifference(Speed(argument: text), speed)
  }

  @Test(arguments: ["", "x", "0x", "-1x", "nanx", "infx", "60", "fast"])
  func `what is no speed is not read`(text: String) {
    expectNoDifference(Speed(argument: text), nil)
  }
}

@Suite struct ProgressBarTests {
  @Test(
    arguments: [
      (80, "[###################                    ]  50 %  1,000 events  500/s  0:02 left"),
      (50, "[####     ]  50 %  1,000 events  500/s  0:02 left"),
      (38, " 50 %  1,000 events  500/s  0:02 left"),
      (20, " 50 %  1,000 events"),
      (1, " "),
    ])
  func `the bar takes the room that there is`(columns: Int, line: String) {
    let drawn = ProgressBar.line(0.5, events: 1_000, seconds: 2, columns: columns)
    #expect(drawn.count <= max(1, columns - 1))
    #expect(line.hasPrefix(drawn) || drawn == line)
  }

  @Test func `without an end there is no bar`() {
    expectNoDifference(
      ProgressBar.line(nil, events: 1_234_567, seconds: 1, columns: 80),
      "1,234,567 events  1,234,567/s"
    )
  }

  @Test func `nothing is drawn into a file`() {
    let output = Output()
    var bar = ProgressBar(output, now: 0)
    bar.show(0.5, events: 1, now: 1_000_000_000)
    bar.clear()
    expectNoDifference(output.text, "")
  }
}
