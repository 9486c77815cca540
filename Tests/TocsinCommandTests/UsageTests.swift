import CustomDump
import Testing

@testable import TocsinCommand

@Suite struct UsageTests {
  @Test(
    arguments: [
      (["replay", "/nowhere"], "/nowhere: there is no such file; check the path"),
      (["replay", "/"], "/ is a directory; name a file in it"),
      (["replay", "/dev/null"], "/dev/null is empty; there is nothing to replay"),
      (["demo", "--from", "2008-13-01"], "“2008-13-01” is no date; write it as 2004-03-01"),
      (
        ["demo", "--from", "2009-01-01", "--to", "2008-01-01"],
        "--from 2009-01-01 is after --to 2008-01-01; exchange them"
      ),
      (
        ["demo", "--from", "2020-01-01", "--to", "2021-01-01"],
        "there is no trading day in that span; choose days from 2000-03-01 to 2013-03-01"
      ),
    ])
  func `what cannot be done is told in one line`(words: [String], line: String) {
    let (output, errors) = (Output(), Output())
    expectNoDifference(Program.run(words, output, errors), 2)
    expectNoDifference(errors.text, "tocsin: \(line)\n")
    expectNoDifference(output.text, "")
  }

  @Test(
    arguments: [
      ["frobnicate"], ["replay"], ["demo", "--speed", "fast"], ["demo", "--speed", "0x"],
      ["demo", "--seed", "abc"], ["demo", "--graph", "svg"], ["replay", "x", "--hours", "9-10"],
      ["replay", "x", "--max-silence", "0"], ["demo", "--nonsense"],
    ])
  func `a wrong command line is told in one line`(words: [String]) {
    let (output, errors) = (Output(), Output())
    expectNoDifference(Program.run(words, output, errors), 2)
    #expect(errors.text.hasPrefix("tocsin: "))
    #expect(errors.text.split(separator: "\n").count == 1)
    expectNoDifference(output.text, "")
  }

  @Test func `an empty recording is told`() throws {
    let file = try TemporaryFile("# nothing\n\n")
    let printed = run("replay", file.path)
    #expect(printed.status == 2)
    #expect(printed.errors.contains("holds no events (2 lines: 0 accepted, 2 skipped, 0 refused)"))
  }

  @Test(arguments: [["--help"], ["help", "demo"], ["--version"]])
  func `help is no mistake`(words: [String]) {
    let (output, errors) = (Output(), Output())
    expectNoDifference(Program.run(words, output, errors), 0)
    #expect(!output.text.isEmpty && errors.text.isEmpty)
  }

  @Test(arguments: [("mermaid", "flowchart LR"), ("dot", "digraph \"desk\" {"), ("json", "{")])
  func `the graph is drawn without a run`(format: String, start: String) {
    let printed = run("demo", "--graph", format)
    #expect(printed.status == 0)
    #expect(printed.output.hasPrefix(start))
    #expect(printed.output.contains("escalate.repeats"))
  }
}
