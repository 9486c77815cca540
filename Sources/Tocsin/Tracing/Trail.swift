/// One step of an event on its way: where it was, from when to when, and why it went on.
struct TrailStep {
  var serial: UInt32 = 0
  /// The step before it; 0 for the first.
  var previous: UInt32 = 0
  var node: UInt32 = 0
  var reason = Reason.passed
  var arrived: Int64 = 0
  var left: Int64 = 0
}

/// The steps of the events that passed lately, in a ring.
///
/// A stamp holds the serial of its newest step; from there the steps lead back to the first. When
/// the ring has come around, the oldest steps are gone and a trail ends early, which its trace says.
/// Memory is fixed: 40 bytes a step. O(1) per step, no allocation.
struct Trail {
  private var steps: [TrailStep]
  private let mask: UInt32
  private var next: UInt32 = 1
  /// Other trails that flowed into a step: what a debounce absorbed, what a join joined.
  private var links: [UInt32: TrailLinks] = [:]

  /// Makes a trail that remembers the last 2^`bits` steps.
  init(bits: Int = 16) {
    steps = Array(repeating: TrailStep(), count: 1 << bits)
    mask = UInt32(steps.count - 1)
  }

  /// Adds a step after `previous` and gives its serial.
  mutating func add(_ step: TrailStep, links linked: TrailLinks?) -> UInt32 {
    let serial = next
    next = next == .max ? 1 : next + 1
    let slot = Int(serial & mask)
    if steps[slot].serial != 0 && !links.isEmpty { links[steps[slot].serial] = nil }
    steps[slot] = step
    steps[slot].serial = serial
    if let linked { links[serial] = linked }
    return serial
  }

  /// The steps that lead to a serial, oldest first, and whether older ones are missing.
  func path(to serial: UInt32) -> (steps: [TrailStep], isCut: Bool) {
    var path: [TrailStep] = []
    var serial = serial
    while serial != 0 {
      let step = steps[Int(serial & mask)]
      guard step.serial == serial else { return (path.reversed(), true) }
      path.append(step)
      serial = step.previous
    }
    return (path.reversed(), false)
  }

  func step(_ serial: UInt32) -> TrailStep? {
    let step = steps[Int(serial & mask)]
    return serial != 0 && step.serial == serial ? step : nil
  }

  func links(of serial: UInt32) -> TrailLinks? { links[serial] }
}

/// The stamps of the events that flowed into a step, beside the one that went on.
struct TrailLinks {
  /// As many as a span may link to by default in OpenTelemetry.
  static let limit = 128

  /// The newest ones, at most one more than ``limit``: the event itself may be among them.
  private(set) var stamps: [Stamp] = []
  /// All of them.
  private(set) var count = 0

  mutating func add(_ stamp: Stamp) {
    count += 1
    if stamps.count > Self.limit { stamps.removeFirst() }
    stamps.append(stamp)
  }

  /// The others: an event is no contributor to itself. Nil when there are none.
  func without(_ stamp: Stamp) -> TrailLinks? {
    var others = self
    let own = stamps.lastIndex {
      ($0.ingested, $0.sequence, $0.trail) == (stamp.ingested, stamp.sequence, stamp.trail)
    }
    if let index = own {
      others.stamps.remove(at: index)
      others.count -= 1
    }
    others.stamps = others.stamps.suffix(Self.limit)
    return others.count > 0 ? others : nil
  }
}

/// What waits in an operator while its graph is traced, by key: what it lets go of then links to it.
struct Contributors {
  private var waiting: [AnyHashable?: TrailLinks] = [:]

  mutating func add(_ stamp: Stamp, key: AnyHashable?) {
    waiting[key, default: TrailLinks()].add(stamp)
  }

  mutating func take(key: AnyHashable?) -> TrailLinks? {
    waiting.removeValue(forKey: key)
  }
}
