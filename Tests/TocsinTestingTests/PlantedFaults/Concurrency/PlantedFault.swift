import Synchronization
import Testing
import Tocsin
import TocsinTesting

/// A concurrency bug, planted in a small piece of a trading system, beside its repair.
///
/// Both variants run the same scenario and check the same invariant. First in, first out the wrong
/// one passes, which is why such bugs live long.
struct PlantedFault: Sendable, CustomTestStringConvertible {
  /// What goes wrong.
  let name: String
  /// Runs the scenario; throws ``Broken`` when the invariant does not hold.
  let run: @Sendable (_ world: VirtualWorld, _ isRight: Bool) async throws -> Void

  init(
    _ name: String,
    _ run: @escaping @Sendable (_ world: VirtualWorld, _ isRight: Bool) async throws -> Void
  ) {
    (self.name, self.run) = (name, run)
  }

  var testDescription: String { name }

  static let all = halts + positions + alerts + orders + deliveries

  /// The failure of one run of the wrong variant; nil when it passes.
  func failure(under schedule: Schedule) -> String? {
    do {
      try withVirtualTime(schedule: schedule) { try await run($0, false) }
      return nil
    } catch {
      return "\(error)"
    }
  }
}

/// An invariant that does not hold.
struct Broken: Error, CustomStringConvertible {
  let description: String
}

func invariant(_ holds: Bool, _ words: String) throws {
  guard holds else { throw Broken(description: words) }
}

/// What happened, in order, as an auditor outside would see it.
final class Audit: Sendable {
  private let entries = Mutex<[String]>([])

  func note(_ entry: String) { entries.withLock { $0.append(entry) } }
  func count(_ entry: String) -> Int { entries.withLock { $0.count { $0 == entry } } }

  /// Whether an entry came after another one.
  func has(_ entry: String, after earlier: String) -> Bool {
    entries.withLock { entries in
      guard let place = entries.firstIndex(of: earlier) else { return false }
      return entries[place...].contains(entry)
    }
  }
}

/// Is slow: lets others go first so many times.
func dawdle(_ steps: Int = 12) async {
  for _ in 0..<steps { await Task.yield() }
}

/// Runs two things at once.
func both(
  _ first: @escaping @Sendable () async -> Void,
  _ second: @escaping @Sendable () async -> Void
) async {
  await withTaskGroup { group in
    group.addTask { await first() }
    group.addTask { await second() }
  }
}
