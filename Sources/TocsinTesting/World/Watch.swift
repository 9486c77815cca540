internal import Synchronization
internal import Tocsin

#if os(Linux)
  internal import Runtime
#endif

/// What has left the world, noted where it happened.
final class Watch: Sendable {
  struct Escape: Sendable {
    var kind: VirtualTimeError.Kind
    var message: String
  }

  private let noted = Mutex<[Escape]>([])

  /// The first that was noted, if any.
  var first: Escape? { noted.withLock { $0.first } }

  /// How many were noted.
  var count: Int { noted.withLock(\.count) }

  func note(_ kind: VirtualTimeError.Kind, _ message: @autoclosure () -> String) {
    // Where it happened costs milliseconds to find out; the first one is told.
    let isFirst = noted.withLock { noted in
      noted.append(Escape(kind: kind, message: ""))
      return noted.count == 1
    }
    guard isFirst else { return }
    let text = message()
    noted.withLock { $0[0].message = text }
  }

  /// Notes work that came from another thread. Called on that thread.
  func noteStranger(for lane: String?) {
    let target = lane.map { "lane \"\($0)\"" } ?? "the world"
    note(
      .escaped,
      "Work for \(target) came from a thread outside the world\(callerWords()). It ran in real "
        + "time, so its order is luck. Start tasks with `world.spawn`, replace queues and threads "
        + "by lanes, and keep the main actor out of what you test."
    )
  }

  /// Notes a sleep on a clock of the machine. Called on the thread that asked for it.
  func noteRealClock(_ clock: String) {
    note(
      .realClock,
      "Somebody slept on the machine's \(clock)\(callerWords()). Use the clock of the time line: "
        + "`try await world.clock.sleep(for:)`."
    )
  }
}

/// Where the code is that called into the kit, as ` (at File.swift:12 in name)`; empty when it
/// cannot be told.
private func callerWords() -> String {
  #if os(Linux)
    guard let trace = try? Backtrace.capture(limit: 48).symbolicated() else { return "" }
    for frame in trace.frames {
      guard let symbol = frame.symbol, let place = symbol.sourceLocation else { continue }
      guard !place.path.isEmpty, isOfUser(place.path) else { continue }
      let file = place.path.split(separator: "/").suffix(2).joined(separator: "/")
      return " (at \(file):\(place.line))"
    }
  #endif
  return ""
}

private func isOfUser(_ path: String) -> Bool {
  !["/Sources/Tocsin/", "/Sources/TocsinTesting/", "/Sources/CTocsin", "<compiler-generated>"]
    .contains { path.contains($0) } && !path.contains("/swift/stdlib/")
}
