import ArgumentParser

/// The command-line program.
@main
enum Program {
  static func main() {
    Signals.install()
    let (output, errors) = (Output.standard(), Output.errors())
    let status = run(Array(CommandLine.arguments.dropFirst()), output, errors)
    output.flush()
    errors.flush()
    RealWorld.exit(status)
  }

  /// Runs a command line and gives its exit status: 0 when it worked, 2 when something about the
  /// command line or its input was wrong, 130 when it was interrupted.
  static func run(_ words: [String], _ output: Output, _ errors: Output) -> Int32 {
    do {
      var command = try TocsinArguments.parseAsRoot(words)
      if let job = command as? any Job {
        return try job.run(output, errors)
      }
      try command.run()
      return 0
    } catch let error as UsageError {
      errors.line("tocsin: \(error)")
      return 2
    } catch {
      return report(error, output, errors)
    }
  }

  private static func report(_ error: any Error, _ output: Output, _ errors: Output) -> Int32 {
    if TocsinArguments.exitCode(for: error) == .success {
      output.line(TocsinArguments.fullMessage(for: error))
      return 0
    }
    let message = TocsinArguments.message(for: error).split(separator: "\n").first ?? ""
    errors.line("tocsin: \(message) (see “tocsin --help”)")
    return 2
  }
}

/// A subcommand that does something.
protocol Job {
  /// Does it and gives the exit status.
  func run(_ output: Output, _ errors: Output) throws -> Int32
}

/// Something about the command line or its input that the user has to put right.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
