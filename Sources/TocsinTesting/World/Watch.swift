internal import CTocsinTesting
internal import Synchronization
internal import Tocsin

/// What has left the world, noted where it happened.
final class Watch: Sendable {
  /// Something that happened once, and where.
  struct Escape: Sendable {
    var kind: VirtualTimeError.Kind
    var place: CallerPlace
    /// The message, given the place as ` (at File.swift:12)`.
    var message: @Sendable (String) -> String
  }

  private let isNoted = Atomic(false)
  private let noted = Mutex<Escape?>(nil)
  private let sleeper = LiveSleeper()

  /// The first that was noted, if any. Waits for the thread that is noting it: it takes a moment to
  /// find out where it is, and needs nobody for that.
  var first: Escape? {
    guard isNoted.load(ordering: .acquiring) else { return nil }
    while true {
      if let escape = noted.withLock({ $0 }) { return escape }
    }
  }

  /// Waits a moment of real time for what may be on its way back from another thread, so that it
  /// can be named. For a world that stands still, whose test has failed in any case.
  func awaitStraggler() {
    let most: Int64 = 50_000_000
    sleeper.wait(until: most, now: 0) { isNoted.load(ordering: .acquiring) }
  }

  /// Notes work that came from another thread. Called on that thread.
  func noteStranger(for lane: String?) {
    let target = lane.map { "lane \"\($0)\"" } ?? "the world"
    let origin = tocsin_is_on_main_actor() ? "the main actor" : "a thread outside the world"
    note(.escaped) {
      "Work for \(target) came from \(origin)\($0). Its order is luck: two runs "
        + "differ. Start tasks with `world.spawn`, replace queues and threads by lanes, and keep the "
        + "main actor out of what you test."
    }
  }

  /// Notes a sleep on a clock of the machine. Called on the thread that asked for it.
  func noteRealClock(_ clock: String) {
    note(.realClock) {
      "Somebody slept on the machine's \(clock)\($0). Use the clock of the time line: "
        + "`try await world.clock.sleep(for:)`."
    }
  }

  private func note(
    _ kind: VirtualTimeError.Kind,
    _ message: @escaping @Sendable (String) -> String
  ) {
    // To find out where it happened costs a while; the first one is told.
    guard !isNoted.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let escape = Escape(kind: kind, place: CallerPlace(), message: message)
    noted.withLock { $0 = escape }
    sleeper.wake()
  }
}
