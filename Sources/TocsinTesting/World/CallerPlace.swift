#if os(Linux)
  internal import Runtime
  internal import Synchronization
#endif

/// Where the code is that called into the kit. Cheap to note, slow to put into words.
struct CallerPlace: Sendable {
  #if os(Linux)
    private let trace: Backtrace?

    /// What is loaded, and where. Asked for once, before the first look into a library: the
    /// symbolicator of Swift 6.3 maps a library's file to read it, and takes that for the place
    /// where its code is loaded the next time it is asked.
    private static let images = ImageMap.capture()

    /// Notes the callers of the caller; of a task those that wait for it.
    init() { trace = try? Backtrace.capture(limit: 48, images: Self.images) }

    /// Words of stacks that were seen before. To find them reads the line tables of the whole program,
    /// and a schedule that fails is run hundreds of times.
    private static let known = Mutex<[String: String]>([:])
    private static var mostKnown: Int { 256 }

    /// As ` (at Folder/File.swift:12)`; empty when it cannot be told.
    var words: String {
      guard let trace else { return "" }
      let stack = trace.frames.map { "\($0.originalProgramCounter)" }.joined(separator: " ")
      if let words = Self.known.withLock({ $0[stack] }) { return words }
      let words = read(trace)
      Self.known.withLock { if $0.count < Self.mostKnown { $0[stack] = words } }
      return words
    }

    private func read(_ trace: Backtrace) -> String {
      for frame in trace.symbolicated(with: Self.images)?.frames ?? [] {
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
    init() {}
    var words: String { "" }
  #endif
}
