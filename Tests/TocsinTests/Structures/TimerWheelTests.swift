import CustomDump
import Testing

@testable import Tocsin

/// The same timers in a plain array.
private struct PlainTimers {
  struct Timer: Equatable {
    var id: Int
    var deadline: Int64
    var sequence: Int
  }

  var timers: [Timer] = []
  var sequence = 0

  mutating func arm(_ id: Int, _ deadline: Int64) {
    cancel(id)
    sequence += 1
    if deadline < .max {
      timers.append(Timer(id: id, deadline: deadline, sequence: sequence))
    }
  }

  mutating func cancel(_ id: Int) { timers.removeAll { $0.id == id } }

  var first: Timer? { timers.min { ($0.deadline, $0.sequence) < ($1.deadline, $1.sequence) } }

  mutating func popDue(_ now: Int64) -> Timer? {
    guard let first, first.deadline <= now else { return nil }
    cancel(first.id)
    return first
  }
}

/// Drives a wheel and plain timers with the same calls.
private struct WheelPair {
  var wheel: TimerWheel
  var plain = PlainTimers()
  var now: Int64
  var random: StructureRandom
  let ids: Int
  let reach: Int

  init(seed: UInt64, ids: Int, tickBits: Int) {
    random = StructureRandom(seed: seed)
    wheel = TimerWheel(tickBits: tickBits)
    self.ids = ids
    now = [0, -5_000_000_000, .min, 1_700_000_000_000_000_000][random.below(4)]
    reach = [4, 22, 31, 45, 62][random.below(5)]
  }

  /// Spans from nanoseconds to centuries, often equal to one another.
  mutating func delay() -> Int64 {
    let bits = random.below(reach + 1)
    let span = Int64(random.next() & ((1 << UInt64(bits)) - 1))
    return random.oneIn(8) ? -span : (random.oneIn(3) ? span & ~0xFFFF : span)
  }

  mutating func arm() {
    let id = random.below(ids)
    var deadline = Instant(nanoseconds: now).advanced(byNanoseconds: delay()).nanoseconds
    if random.oneIn(40) { deadline = [.max, .max - 1, .min, -1, 0][random.below(5)] }
    wheel.arm(id, at: Instant(nanoseconds: deadline))
    plain.arm(id, deadline)
  }

  mutating func cancel() {
    let id = random.oneIn(2) ? random.below(ids) : plain.first?.id ?? 0
    wheel.cancel(id)
    plain.cancel(id)
  }

  mutating func advance() {
    let step = random.oneIn(3) ? (plain.first?.deadline ?? now) : now &+ abs(delay())
    now = max(now, step)
    for _ in 0..<(random.oneIn(2) ? ids * 4 : 3) {
      let expected = plain.popDue(now)
      let popped = wheel.popDue(at: Instant(nanoseconds: now))
      #expect(popped?.id == expected?.id)
      #expect(popped?.deadline.nanoseconds == expected?.deadline)
      if expected == nil { return }
      if random.oneIn(4) { arm() }
    }
  }

  func agree() -> Bool {
    let id = plain.first?.id ?? 0
    return wheel.nextDeadline.nanoseconds == plain.first?.deadline ?? .max
      && wheel.count == plain.timers.count
      && wheel.deadline(of: id)?.nanoseconds == plain.first?.deadline
  }

  mutating func run(_ steps: Int) {
    for step in 0..<steps {
      switch random.below(20) {
      case 0..<14: arm()
      case 14..<17: cancel()
      default: advance()
      }
      guard agree() else {
        Issue.record(
          "step \(step): \(wheel.nextDeadline) instead of \(String(describing: plain.first))"
        )
        return
      }
    }
  }
}

@Test(arguments: 0..<150 as Range<UInt64>)
func `a wheel gives what is due in the order of a sorted array`(seed: UInt64) {
  var pair = WheelPair(
    seed: seed,
    ids: [2, 10, 60][Int(seed % 3)],
    tickBits: [20, 0, 8, 32][Int(seed % 4)]
  )
  pair.run(600)
}

@Test(arguments: 0..<12 as Range<UInt64>)
func `a wheel keeps its order when many short timers follow a long one`(seed: UInt64) {
  var pair = WheelPair(seed: seed, ids: 700, tickBits: 20)
  pair.wheel.arm(0, at: Instant(nanoseconds: .max - 1))
  pair.plain.arm(0, .max - 1)
  for _ in 0..<500 { pair.arm() }
  #expect(pair.agree())
  pair.run(1_500)
}

@Test func `early timers go back to the wheels when they become many`() {
  var wheel = TimerWheel()
  for id in 0..<40 { wheel.arm(id, at: Instant(nanoseconds: 3_600_000_000_000 + Int64(id))) }
  for id in 40..<1_040 { wheel.arm(id, at: Instant(nanoseconds: Int64(1_040 - id) * 10_000_000)) }
  #expect(wheel.heap.count <= TimerWheel.smallHeap)
  #expect(wheel.nextDeadline.nanoseconds == 10_000_000)
  var popped: [Int] = []
  while let due = wheel.popDue(at: .distantFuture) { popped.append(due.id) }
  expectNoDifference(popped, Array((40..<1_040).reversed()) + Array(0..<40))
}

@Test func `timers of equal deadlines are due in the order of their arming`() {
  var wheel = TimerWheel()
  for id in [5, 3, 9, 3, 7] { wheel.arm(id, at: Instant(nanoseconds: 1_000)) }
  var popped: [Int] = []
  while let due = wheel.popDue(at: Instant(nanoseconds: 1_000)) { popped.append(due.id) }
  #expect(popped == [5, 9, 3, 7])
}

@Test func `nothing is due before its nanosecond`() {
  var wheel = TimerWheel()
  wheel.arm(0, at: Instant(nanoseconds: 1_000))
  #expect(wheel.popDue(at: Instant(nanoseconds: 999)) == nil)
  #expect(wheel.popDue(at: Instant(nanoseconds: 1_000))?.id == 0)
  #expect(wheel.nextDeadline == .distantFuture)
  #expect(wheel.popDue(at: .distantFuture) == nil)
}

@Test func `a timer armed for never is cancelled`() {
  var wheel = TimerWheel()
  wheel.arm(4, at: .epoch)
  wheel.arm(4, at: .distantFuture)
  #expect(wheel.count == 0)
  #expect(wheel.deadline(of: 4) == nil)
  #expect(wheel.deadline(of: 400) == nil)
  wheel.cancel(400)
}

@Test func `a copy of a wheel goes its own way`() {
  var wheel = TimerWheel()
  for id in 0..<100 { wheel.arm(id, at: Instant(nanoseconds: Int64(id) * 5_000_000)) }
  var copy = wheel
  while wheel.popDue(at: .distantFuture) != nil {}
  #expect(wheel.count == 0)
  #expect(copy.count == 100)
  for id in 50..<100 { copy.cancel(id) }
  let other = copy
  for id in 0..<100 { copy.arm(id, at: Instant(nanoseconds: 7)) }
  expectNoDifference(drained(other), Array(0..<50))
  expectNoDifference(drained(copy), Array(0..<100))
}

private func drained(_ wheel: TimerWheel) -> [Int] {
  var (wheel, ids) = (wheel, [Int]())
  while let due = wheel.popDue(at: .distantFuture) { ids.append(due.id) }
  return ids
}

@Test(arguments: [1, 2, 30])
func `a wheel keeps no more than twice what is armed, and 64, however often it is armed`(ids: Int) {
  var wheel = TimerWheel()
  var most = 0
  for number in 0..<20_000 {
    wheel.arm(number % ids, at: Instant(nanoseconds: Int64(number % 977) * 3_000_000_000))
    if number > 10_000 { wheel.cancel((number + 1) % ids) }
    most = max(most, wheel.stored - 2 * wheel.count)
  }
  #expect(most <= 64)
}

@Test func `a timer takes 16 bytes, and an arming 24`() {
  #expect(MemoryLayout<TimerNode>.stride == 16)
  #expect(MemoryLayout<TimerEntry>.stride == 24)
}
