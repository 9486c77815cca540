#if canImport(Darwin)
  import Darwin
#endif

/// Reads how full the memory is: that of the machine, and inside a container its own limit.
public struct MemoryUse: Hashable, Codable, Sendable {
  /// Makes a reader.
  public init() {}

  /// Asks the system now. On Linux, `MemTotal` and `MemAvailable` of `/proc/meminfo`; on macOS,
  /// free (with speculative), inactive and purgeable pages count as available.
  public func read() throws(ProbeError) -> Usage {
    #if os(Linux)
      try Self.parse(try SystemFile("/proc/meminfo").read())
    #elseif canImport(Darwin)
      try Self.pages()
    #else
      throw .unsupported("Memory")
    #endif
  }

  /// Asks the system for the machine and, on Linux, for the limits of the control groups that the
  /// process is in; gives the one that is fuller.
  public func strictest() throws(ProbeError) -> MemoryReading {
    let machine = MemoryReading(usage: try read(), scope: .machine)
    #if os(Linux)
      guard let usage = try ContainerMemory().read(machine: machine.usage.total),
        usage.fraction ?? 1 > machine.usage.fraction ?? 1
      else { return machine }
      return MemoryReading(usage: usage, scope: .container)
    #else
      return machine
    #endif
  }

  /// Reads the text of a `/proc/meminfo`.
  static func parse(_ text: String) throws(ProbeError) -> Usage {
    let total = try field("MemTotal:", of: text)
    let available = min(try field("MemAvailable:", of: text), total)
    return Usage(used: total - available, available: available)
  }

  private static func field(_ name: String, of text: String) throws(ProbeError) -> UInt64 {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    let number = line?.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }
    let bytes = number?.multipliedReportingOverflow(by: 1_024)
    guard let bytes, !bytes.overflow else {
      throw .unreadable("/proc/meminfo", missing: String(name.dropLast()))
    }
    return bytes.partialValue
  }
}

#if canImport(Darwin)
  extension MemoryUse {
    private static func pages() throws(ProbeError) -> Usage {
      let host = mach_host_self()
      defer { mach_port_deallocate(mach_task_self_, host) }
      var statistics = vm_statistics64()
      let words = MemoryLayout<vm_statistics64>.stride / MemoryLayout<integer_t>.stride
      var count = mach_msg_type_number_t(words)
      let result = withUnsafeMutablePointer(to: &statistics) { pointer in
        pointer.withMemoryRebound(to: integer_t.self, capacity: words) {
          host_statistics64(host, HOST_VM_INFO64, $0, &count)
        }
      }
      guard result == KERN_SUCCESS else {
        throw .call("host_statistics64", of: "the machine", code: result)
      }
      return try usage(statistics)
    }

    private static func usage(_ statistics: vm_statistics64) throws(ProbeError) -> Usage {
      var total: UInt64 = 0
      var size = MemoryLayout<UInt64>.size
      guard sysctlbyname("hw.memsize", &total, &size, nil, 0) == 0 else {
        throw .call("sysctlbyname", of: "hw.memsize", code: errno)
      }
      let pages =
        UInt64(statistics.free_count) + UInt64(statistics.inactive_count)
        + UInt64(statistics.purgeable_count)
      let available = min(pages * UInt64(getpagesize()), total)
      return Usage(used: total - available, available: available)
    }
  }
#endif
