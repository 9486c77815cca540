import Testing

@testable import TocsinMonitors

struct ProbeTests {
  @Test func `reads the disk of this machine`() throws {
    let usage = try DiskSpace(path: "/").read()
    #expect(usage.used > 0)
    #expect((0...1).contains(try #require(usage.fraction)))
  }

  @Test func `reads the memory of this machine`() throws {
    let usage = try MemoryUse().read()
    #expect(usage.used + usage.available > 100_000_000)
    #expect((0.001...1).contains(try #require(usage.fraction)))
  }

  @Test func `says what is wrong with a path that does not exist`() {
    let error = #expect(throws: ProbeError.self) { try DiskSpace(path: "/no/such/place").read() }
    #expect(
      error?.description
        == "statvfs of /no/such/place failed with code 2. Check that it exists and may be read."
    )
  }

  @Test func `reads a table of the memory, and says which field is missing`() throws {
    let text = "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:   250 kB\n"
    #expect(try MemoryUse.parse(text).fraction == 0.75)
    for (text, field) in [("", "MemTotal"), ("MemTotal: 9 kB\nMemAvailable: x kB", "MemAvailable")]
    {
      let error = #expect(throws: ProbeError.self) { try MemoryUse.parse(text) }
      #expect(
        error?.description
          == "/proc/meminfo has no readable field \(field). Check that it is the system's own file."
      )
    }
    #expect(
      ProbeError.unsupported("Memory").description
        == "Memory cannot be read on this platform. Use a check of your own instead."
    )
  }

  @Test(arguments: [
    (89, CheckOutcome.healthy(value: 0.89)),
    (90, .failed(reason: "90.0 % in use (limit 90.0 %)", value: 0.9)),
    (100, .failed(reason: "100.0 % in use (limit 90.0 %)", value: 1)),
  ])
  func `judges the use of a disk`(used: Int, expected: CheckOutcome) {
    let usage = Usage(used: UInt64(used), available: UInt64(100 - used))
    #expect(UsageLimit.disk.outcome(of: usage) == expected)
  }

  @Test func `has a step before failure, and fails on what cannot be judged`() {
    let limit = UsageLimit(failure: 0.8, warning: 0.5)
    let half = limit.outcome(of: Usage(used: 1, available: 1))
    #expect(half == .degraded(reason: "50.0 % in use (limit 50.0 %)", value: 0.5))
    #expect(
      limit.outcome(of: Usage(used: 0, available: 0)) == .failed(reason: "its size reads as zero")
    )
    #expect(UsageLimit.memory.failure == 0.8)
  }
}
