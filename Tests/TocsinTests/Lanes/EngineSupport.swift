import OpenCombine
import Synchronization

@testable import Tocsin

/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same numbers everywhere.
struct EngineRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}

/// What happened, in order; filled on one thread.
final class Log<Entry> {
  var entries: [Entry] = []
  func add(_ entry: Entry) { entries.append(entry) }
}

/// What happened, in order; filled from anywhere.
final class SharedLog<Entry: Sendable>: Sendable {
  private let stored = Mutex<[Entry]>([])
  var entries: [Entry] { stored.withLock { $0 } }
  func add(_ entry: Entry) { stored.withLock { $0.append(entry) } }
}

/// A subscriber that asks for what it is told to, and keeps what it gets.
final class Asker<Input>: Subscriber {
  typealias Failure = Never

  private(set) var values: [Input] = []
  private(set) var completions = 0
  private(set) var subscription: (any Subscription)?
  private let first: Subscribers.Demand
  var onValue: ((Input) -> Subscribers.Demand)?

  init(_ first: Subscribers.Demand = .none) { self.first = first }

  func receive(subscription: any Subscription) {
    self.subscription = subscription
    subscription.request(first)
  }

  func receive(_ input: Input) -> Subscribers.Demand {
    values.append(input)
    return onValue?(input) ?? .none
  }

  func receive(completion: Subscribers.Completion<Never>) { completions += 1 }

  func ask(_ demand: Subscribers.Demand) { subscription?.request(demand) }
  func cancel() { subscription?.cancel() }
}

/// An object that counts how many of its kind are alive.
final class Payload: Sendable {
  final class Census: Sendable {
    private let count = Mutex(0)
    var alive: Int { count.withLock { $0 } }
    func change(by step: Int) { count.withLock { $0 += step } }
  }

  let number: Int
  private let census: Census

  init(_ number: Int, in census: Census) {
    self.number = number
    self.census = census
    census.change(by: 1)
  }

  deinit { census.change(by: -1) }
}

extension Node {
  /// Conservation: nothing came in that is not accounted for, and nothing is counted twice.
  var isBalanced: Bool { received + made == passed + held + dropped && held >= 0 }
}

extension Instant {
  static func seconds(_ seconds: Int) -> Instant {
    Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  static func ms(_ milliseconds: Int) -> Instant {
    Instant(nanoseconds: Int64(milliseconds) * 1_000_000)
  }

  var milliseconds: Int { Int(nanoseconds / 1_000_000) }
}

/// An actor of a lane that counts.
actor Counter: LaneActor {
  nonisolated let lane: Lane
  private(set) var count = 0

  init(on lane: Lane) { self.lane = lane }

  func hit() { count += 1 }

  func hit(_ other: Counter, times: Int) async {
    for _ in 0..<times {
      await other.hit()
      count += 1
    }
  }
}

/// Checks that instants come in order, and counts them.
final class SharedLastSeen: Sendable {
  private let state = Mutex((last: Instant.distantPast, count: 0, wentBack: false))
  var count: Int { state.withLock { $0.count } }
  var wentBack: Bool { state.withLock { $0.wentBack } }

  func see(_ instant: Instant) {
    state.withLock { state in
      if instant < state.last { state.wentBack = true }
      state.last = instant
      state.count += 1
    }
  }
}
