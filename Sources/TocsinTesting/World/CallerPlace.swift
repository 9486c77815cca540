#if os(Linux)
  internal import Runtime
#endif

/// Where the code is that called into the kit. Cheap to note, slow to put into words.
struct CallerPlace: Sendable {
  #if os(Linux)
    private var trace: Backtrace?

    /// Notes the callers of the caller.
    ///
    /// - Parameter isTask: Whether the caller is a task. Its callers are then found by its resume
    ///   points; where the unwinder misses them, as it sometimes does, it is asked again.
    init(ofTask isTask: Bool) {
      for _ in 0..<4 {
        trace = try? Backtrace.capture(limit: 48)
        if !isTask || hasResumePoints { return }
      }
    }

    private var hasResumePoints: Bool {
      trace?.frames.contains { if case .asyncResumePoint = $0 { true } else { false } } ?? false
    }

    /// As ` (at Folder/File.swift:12)`; empty when it cannot be told.
    var words: String {
      for frame in trace?.symbolicated()?.frames ?? [] {
        guard let symbol = frame.symbol else { continue }
        if isRunner(symbol.name) { return "" }
        guard let place = symbol.sourceLocation, isOfUser(place.path) else { continue }
        let file = place.path.split(separator: "/").suffix(2).joined(separator: "/")
        return " (at \(file):\(place.line))"
      }
      return ""
    }

    /// Below it on the stack is who moves the world, not who called.
    private func isRunner(_ name: String) -> Bool {
      name.contains("runSynchronously(on:") || name.hasPrefix("Loop.run")
    }

    /// Neither of this package nor of Swift.
    private func isOfUser(_ path: String) -> Bool {
      let others = [
        "/Sources/Tocsin/", "/Sources/TocsinTesting/", "/Sources/CTocsin", "<compiler",
        "/swift/stdlib/", "/swift-testing/", "/swift-corelibs-",
      ]
      return !path.isEmpty && !others.contains { ("/" + path).contains($0) }
    }
  #else
    init(ofTask isTask: Bool) {}
    var words: String { "" }
  #endif
}
