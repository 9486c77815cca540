import ReferenceGraph
import Tocsin

/// Makes the values of an operator's stream out of the events of a workload, by number. The numbers
/// go on after the workload's end, and so does time.
struct Draws: Sendable {
  let workload: Workload
  let keys: Int
  /// For joins: every even number begins a pair, whose other value is so many numbers behind it.
  let lag: Int?
  private let span: Int64

  init(_ workload: Workload, keys: Int, lag: Int? = nil) {
    self.workload = workload
    self.keys = keys
    self.lag = lag
    let events = workload.events
    span = (events.last?.instant ?? 0) - (events.first?.instant ?? 0) + 100_000
  }

  /// How many values go through before anything is measured: each key once, and then enough for
  /// what the operators remember.
  var warmUp: Int { Swift.max(20_000, keys * 4) }

  /// The mean time between two values of one key, so many times.
  func gaps(_ count: Double) -> Duration { .nanoseconds(Int64(count * 100_000 * Double(keys))) }

  @inline(__always)
  func event(_ number: Int) -> MarketEvent {
    let (round, index) = number.quotientAndRemainder(dividingBy: workload.events.count)
    var event = workload.events[index]
    event.instant += Int64(round) &* span
    event.symbol = key(number)
    return event
  }

  /// Whether a value is of the other kind: one in a hundred of the calm workload, one in two of the
  /// storm.
  @inline(__always)
  func isHot(_ event: MarketEvent) -> Bool {
    workload.alerting == .all ? event.value > 50 : !(0...100).contains(event.value)
  }

  @inline(__always)
  private func key(_ number: Int) -> UInt32 {
    guard let lag else {
      let pick = number < keys ? UInt64(number) : SplitMix64.mix(UInt64(number))
      return UInt32(pick % UInt64(keys))
    }
    let pair = number & 1 == 0 ? number : Swift.max(0, number - lag)
    return UInt32((pair / 2 &* 48_271) % keys)
  }
}

/// A value of an operator's stream.
protocol Drawn: Sendable {
  static var instantPath: KeyPath<Self, Instant> { get }
  init(_ event: MarketEvent, isHot: Bool)
  var instant: Instant { get }
}

/// A value without a key; 24 bytes.
struct Reading: Drawn, Hashable {
  static var instantPath: KeyPath<Reading, Instant> { \.instant }

  var value: Double
  var instant: Instant
  var symbol: UInt32
  var isHot: Bool

  @inline(__always)
  init(_ event: MarketEvent, isHot: Bool) {
    value = event.value
    instant = Instant(nanoseconds: event.instant)
    symbol = event.symbol
    self.isHot = isHot
  }
}

/// An alert; 32 bytes. A hot one is resolved.
struct Notice: Drawn, Resolvable, Hashable {
  static var instantPath: KeyPath<Notice, Instant> { \.instant }

  var value: Double
  var instant: Instant
  var occurrences = 1
  var key: UInt32
  var severity = Severity.warning
  var phase: Phase

  @inline(__always)
  init(_ event: MarketEvent, isHot: Bool) {
    value = event.value
    instant = Instant(nanoseconds: event.instant)
    key = event.symbol
    phase = isHot ? .resolved : .firing
  }

  mutating func resolve() { phase = .resolved }
}
