import CustomDump
import Foundation
import Testing

/// The built program, run as a user would.
@Suite(.timeLimit(.minutes(1))) struct BinaryTests {
  static var program: URL? {
    let folders = [
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      Bundle.main.executableURL?.deletingLastPathComponent(),
    ]
    return folders.compactMap { $0?.appendingPathComponent("tocsin") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  static var isBuilt: Bool { program != nil }

  private func run(_ script: String) throws -> (status: Int32, output: String) {
    let program = try #require(Self.program)
    let shell = Process()
    let pipe = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script.replacing("tocsin", with: "'\(program.path)'")]
    shell.standardOutput = pipe
    shell.standardError = pipe
    try shell.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    return (shell.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(.enabled(if: isBuilt, "The program is not beside the tests; build it first."))
  func `exit codes say what happened`() throws {
    expectNoDifference(try run("tocsin --version >/dev/null").status, 0)
    expectNoDifference(try run("tocsin replay /dev/null").status, 2)
    expectNoDifference(try run("tocsin replay - </dev/null").status, 2)
    expectNoDifference(try run("tocsin frobnicate").status, 2)
  }

  @Test(.enabled(if: isBuilt, "The program is not beside the tests; build it first."))
  func `a reader that goes away ends the program quietly`() throws {
    let result = try run("tocsin demo --to 2008-08-01 | head -n 1")
    expectNoDifference(result.status, 0)
    expectNoDifference(result.output.split(separator: "\n").count, 1)
  }

  @Test(.enabled(if: isBuilt, "The program is not beside the tests; build it first."))
  func `control-c ends with the summary`() throws {
    // The first alert comes after a second or two, the end after minutes.
    let script =
      "folder=$(mktemp -d); mkfifo \"$folder/out\"; "
      + "tocsin demo --speed 20000x >\"$folder/out\" & pid=$!; "
      + "{ read -r alert; kill -INT $pid; grep -c Interrupted; } <\"$folder/out\"; "
      + "wait $pid; status=$?; rm -r \"$folder\"; exit $status"
    let result = try run(script)
    expectNoDifference(result.status, 130)
    #expect(result.output.hasPrefix("1"))
  }
}
