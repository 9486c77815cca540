import CBench
import EngineVariants
import Foundation
import Harness
import MonitorVariants
import OperatorVariants
import ReferenceGraph
import References

/// The command: reads the options and does what they ask for.
@main
struct Bench {
  let options: Options
  let registry: Registry

  static func main() async {
    do {
      var registry = Registry()
      registry.add(ReferenceVariants.all)
      registry.add(EngineVariants.all)
      registry.add(OperatorVariants.all)
      registry.add(MonitorVariants.all)
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      try await Bench(options: options, registry: registry).perform()
    } catch {
      try? FileHandle.standardError.write(contentsOf: Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private func perform() async throws {
    try checkNames()
    switch options.command {
    case .run: try await run()
    case .check: try await check()
    case .once: try await once()
    case .list: list()
    }
  }

  private func checkNames() throws {
    for name in options.variants where registry[name] == nil {
      throw UsageError(problem: "There is no variant \"\(name)\".")
    }
  }

  private func run() async throws {
    var text = ""
    for group in groups {
      let variants = registry.variants(in: group, named: options.variants)
      guard !variants.isEmpty else { continue }
      for name in options.workloads {
        let workload = try Options.workload(name, options.events ?? 1_000_000)
        let series = try await Rounds(options.rounds).measure(variants, on: workload)
        let table = Table(group, on: workload, series, stock: ReferenceVariants.stock)
        print(table.text)
        text += table.text + "\n"
      }
    }
    if let output = options.output {
      try text.write(toFile: output, atomically: true, encoding: .utf8)
    }
  }

  private func check() async throws {
    for workload in Workload.checks(options.events ?? 200_000) {
      for group in groups {
        let variants = registry.variants(in: group, named: options.variants)
        guard let outcome = try await Disagreement.check(variants, on: workload) else { continue }
        let names = variants.map(\.name).joined(separator: ", ")
        print("\(group.rawValue), \(workload.name): \(outcome) from \(names)")
      }
    }
  }

  private func once() async throws {
    guard let variant = options.variants.first.flatMap({ registry[$0] }),
      let name = options.workloads.first
    else { throw UsageError(problem: "\"once\" needs --variants with one name.") }
    let run = try variant.prepare(Options.workload(name, options.events ?? 100_000))
    let work = try await run.ready()
    bench_measure_begin()
    let outcome = try await work()
    bench_measure_end()
    print("\(run.operations) \(outcome)")
  }

  private func list() {
    for variant in registry.variants {
      print("\(variant.group.rawValue) \(variant.name): \(variant.summary)")
    }
  }

  private var groups: [Group] { options.group.map { [$0] } ?? Group.allCases }
}
