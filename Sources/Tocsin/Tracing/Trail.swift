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
    path.reserveCapacity(16)
    var serial = serial
    while let step = step(serial) {
      path.append(step)
      serial = step.previous
    }
    path.reverse()
    return (path, serial != 0)
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

  /// The oldest one: mostly the only one, and then it needs no memory of its own.
  private var first: Stamp?
  private var rest: [Stamp] = []
  /// All of them.
  private(set) var count = 0

  /// The newest ones, at most one more than ``limit``: the event itself may be among them.
  var stamps: [Stamp] { first.map { [$0] + rest } ?? rest }

  mutating func add(_ stamp: Stamp) {
    count += 1
    if count == 1 {
      first = stamp
      return
    }
    if rest.count == Self.limit { first = rest.removeFirst() }
    rest.append(stamp)
  }

  /// The others: an event is no contributor to itself. Nil when there are none.
  func without(_ stamp: Stamp) -> TrailLinks? {
    if count == 1, let first, Self.isSame(first, stamp) { return nil }
    var others = stamps
    var left = count
    if let own = others.lastIndex(where: { Self.isSame($0, stamp) }) {
      others.remove(at: own)
      left -= 1
    }
    return left > 0 ? TrailLinks(others.suffix(Self.limit), of: left) : nil
  }

  private static func isSame(_ left: Stamp, _ right: Stamp) -> Bool {
    (left.ingested, left.sequence, left.trail) == (right.ingested, right.sequence, right.trail)
  }
}

extension TrailLinks {
  private init(_ stamps: [Stamp], of count: Int) {
    (rest, self.count) = (stamps, count)
  }
}

/// What waits in an operator while its graph is traced, by key: what it lets go of then links to it.
struct Contributors {
  private var waiting = KeyTable<AnyHashable, TrailLinks>()
  /// Of values that have no key.
  private var unkeyed = TrailLinks()

  mutating func add(_ stamp: Stamp, key: AnyHashable?) {
    guard let key else { return unkeyed.add(stamp) }
    let (slot, _) = waiting.findOrInsert(key, TrailLinks())
    waiting[slot].add(stamp)
  }

  mutating func take(key: AnyHashable?) -> TrailLinks? {
    guard let key else { return takeUnkeyed() }
    return waiting.slot(of: key).map { waiting.remove($0) }
  }

  private mutating func takeUnkeyed() -> TrailLinks? {
    defer { unkeyed = TrailLinks() }
    return unkeyed.count > 0 ? unkeyed : nil
  }
}
