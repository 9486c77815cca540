import Foundation
import Testing

@testable import TocsinMonitors

struct ContainerMemoryTests {
  /// A tree of files under a folder of its own, that is gone afterwards.
  private func withTree<Value>(
    _ files: [String: String],
    _ body: (ContainerMemory) throws -> Value
  ) throws -> Value {
    let root = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in files {
      let file = root.appending(path: path)
      let folder = file.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try body(ContainerMemory(root: root.path))
  }

  private let machine: UInt64 = 1_000

  @Test func `reads version 2, without the cache that can be taken back`() throws {
    let usage = try withTree([
      "proc/self/cgroup": "0::/\n",
      "sys/fs/cgroup/memory.max": "500\n",
      "sys/fs/cgroup/memory.current": "450\n",
      "sys/fs/cgroup/memory.stat": "anon 300\ninactive_file 50\nactive_file 9\n",
    ]) { try $0.read(machine: machine) }
    #expect(usage == Usage(used: 400, available: 100))
  }

  @Test func `takes the fullest of the groups above`() throws {
    let usage = try withTree([
      "proc/self/cgroup": "0::/pod/app\n",
      "sys/fs/cgroup/memory.max": "max\n",
      "sys/fs/cgroup/memory.current": "990\n",
      "sys/fs/cgroup/pod/memory.max": "600\n",
      "sys/fs/cgroup/pod/memory.current": "570\n",
      "sys/fs/cgroup/pod/app/memory.max": "500\n",
      "sys/fs/cgroup/pod/app/memory.current": "100\n",
    ]) { try $0.read(machine: machine) }
    #expect(usage == Usage(used: 570, available: 30))
  }

  @Test func `reads version 1, also where the path is the host's`() throws {
    let usage = try withTree([
      "proc/self/cgroup": "11:cpu,cpuacct:/docker/1\n4:memory:/docker/1\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "200\n",
      "sys/fs/cgroup/memory/memory.usage_in_bytes": "150\n",
      "sys/fs/cgroup/memory/memory.stat": "inactive_file 100\ntotal_inactive_file 10\n",
    ]) { try $0.read(machine: machine) }
    #expect(usage == Usage(used: 140, available: 60))
  }

  @Test func `no limit, a limit above the machine, or no groups are no container`() throws {
    let group = ["proc/self/cgroup": "0::/\n4:memory:/\n", "sys/fs/cgroup/memory.current": "5"]
    for limit in ["max", "9223372036854771712", "1000"] {
      let files = group.merging(["sys/fs/cgroup/memory.max": limit]) { $1 }
      #expect(try withTree(files) { try $0.read(machine: machine) } == nil, "\(limit)")
    }
    #expect(try withTree(["other": ""]) { try $0.read(machine: machine) } == nil)
  }

  @Test func `says which file it cannot read`() throws {
    let files = ["proc/self/cgroup": "0::/", "sys/fs/cgroup/memory.max": "many"]
    let error = #expect(throws: ProbeError.self) {
      try withTree(files) { try $0.read(machine: machine) }
    }
    #expect(error?.description.contains("memory.max has no readable field number") == true)
  }

  @Test func `this machine has a reading, and the words say whose it is`() throws {
    let reading = try MemoryUse().strictest()
    #expect((0...1).contains(try #require(reading.usage.fraction)))
    let full = MemoryReading(usage: Usage(used: 9, available: 1), scope: .container)
    #expect(
      UsageLimit.memory.outcome(of: full)
        == .failed(reason: "of the container's limit 90.0 % in use (limit 80.0 %)", value: 0.9)
    )
    let machine = MemoryReading(usage: Usage(used: 8, available: 2), scope: .machine)
    #expect(
      UsageLimit.memory.outcome(of: machine).reason
        == "of the machine 80.0 % in use (limit 80.0 %)"
    )
    #expect(
      UsageLimit.memory.outcome(
        of: MemoryReading(usage: Usage(used: 1, available: 9), scope: .machine)
      ) == .healthy(value: 0.1)
    )
  }
}
