#if os(Linux)
  internal import Runtime
#endif

/// Where the code is that called into the kit. Cheap to note, slow to put into words.
struct CallerPlace: Sendable {
  #if os(Linux)
    private let trace: Backtrace?

    /// Notes the callers of the caller.
    init() { trace = try? Backtrace.capture(limit: 48) }

    /// As ` (at Folder/File.swift:12)`; empty when it cannot be told.
    var words: String {
      guard let frames = trace?.symbolicated()?.frames else { return "" }
      for frame in frames {
        guard let place = frame.symbol?.sourceLocation, isOfUser(place.path) else { continue }
        let file = place.path.split(separator: "/").suffix(2).joined(separator: "/")
        return " (at \(file):\(place.line))"
      }
      return ""
    }

    private func isOfUser(_ path: String) -> Bool {
      let others = ["/Sources/Tocsin/", "/Sources/TocsinTesting/", "/Sources/CTocsin", "<compiler"]
      return !path.isEmpty && !others.contains { ("/" + path).contains($0) }
        && !path.contains("/swift/stdlib/")
    }
  #else
    init() {}
    var words: String { "" }
  #endif
}
