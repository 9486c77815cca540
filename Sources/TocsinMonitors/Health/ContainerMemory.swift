/// Reads the memory limit of the control groups that the process is in, of version 2 or 1.
///
/// A group's limit holds for all below it, so every group from the process's own up to the root is
/// read and the fullest counts. In use is what the kernel cannot take back at once: the group's
/// usage without the inactive file cache, as container managers count it ("working set").
struct ContainerMemory {
  /// Before every path; empty for this system. Tests have a tree of their own.
  var root = ""

  /// The fullest limit; nil without one. A limit above what the machine has is none.
  func read(machine total: UInt64) throws(ProbeError) -> Usage? {
    let table = SystemFile(root + "/proc/self/cgroup")
    guard let groups = try table.readIfPresent() else { return nil }
    var fullest: Usage?
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let files = Files(controllers: parts[1]) else { continue }
      for folder in folders(of: String(parts[2]), under: root + files.mount) {
        guard let usage = try usage(in: folder, files), usage.total < total else { continue }
        if usage.fraction ?? 1 > fullest?.fraction ?? -1 { fullest = usage }
      }
    }
    return fullest
  }

  /// The names of the files of one version.
  private struct Files {
    var mount = "/sys/fs/cgroup"
    var limit = "memory.max"
    var usage = "memory.current"
    var cache = "inactive_file"

    init?(controllers: Substring) {
      if controllers.isEmpty { return }
      guard controllers.split(separator: ",").contains("memory") else { return nil }
      mount = "/sys/fs/cgroup/memory"
      (limit, usage) = ("memory.limit_in_bytes", "memory.usage_in_bytes")
      cache = "total_inactive_file"
    }
  }

  /// The group's folder and all above it, down to the mount. Inside a container the path may be the
  /// host's, and then only the mount exists.
  private func folders(of path: String, under mount: String) -> [String] {
    var folders = [mount]
    for part in path.split(separator: "/") where part != ".." {
      folders.append(folders[folders.count - 1] + "/" + part)
    }
    return folders
  }

  private func usage(in folder: String, _ files: Files) throws(ProbeError) -> Usage? {
    guard let limit = try number(folder + "/" + files.limit),
      let usage = try number(folder + "/" + files.usage)
    else { return nil }
    let stat = try SystemFile(folder + "/memory.stat").readIfPresent() ?? ""
    let cache = stat.split(separator: "\n").first { $0.hasPrefix(files.cache + " ") }
      .flatMap { UInt64($0.dropFirst(files.cache.count + 1)) }
    let used = min(usage - min(cache ?? 0, usage), limit)
    return Usage(used: used, available: limit - used)
  }

  /// The number in a file; nil without the file, or when it says `max`.
  private func number(_ path: String) throws(ProbeError) -> UInt64? {
    guard let text = try SystemFile(path).readIfPresent() else { return nil }
    let word = text.split(whereSeparator: \.isWhitespace).first ?? ""
    if word == "max" { return nil }
    guard let number = UInt64(word) else { throw .unreadable(path, missing: "number") }
    return number
  }
}
