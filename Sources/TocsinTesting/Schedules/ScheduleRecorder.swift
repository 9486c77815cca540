internal import CTocsinTesting
internal import Synchronization
internal import Tocsin

/// Makes the choices of a schedule, and writes down what it chose.
final class ScheduleRecorder: WorkPicker {
  private let state: Mutex<ScheduleState>

  init(_ schedule: Schedule) { state = Mutex(ScheduleState(schedule.source)) }

  func pick(from eligible: EligibleWork) -> Int {
    state.withLock { $0.pick(from: eligible) }
  }

  /// Writes down the words of the next pieces of work that run.
  func watchNext(_ count: Int) { state.withLock { $0.watched = count } }

  /// The words of what was watched, in order.
  var seen: [String] { state.withLock(\.seen) }

  /// Writes a sentence for every decision that is not first in, first out.
  func tellStory() { state.withLock { $0.isTelling = true } }

  /// The choices so far.
  var trace: ScheduleTrace { state.withLock(\.trace) }
}

/// What a schedule chose in one run.
public struct ScheduleTrace: Hashable, Sendable {
  /// How many choices there were, those among one included.
  public var steps = 0
  /// Those that were not first in, first out.
  public var decisions: [Decision] = []
  /// Who ran when, as one number: the same for the same run.
  public var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  /// A sentence for each decision, where it was asked for.
  public var story: [String] = []
}

struct ScheduleState: Sendable {
  var trace = ScheduleTrace()
  var isTelling = false
  var watched = 0
  var seen: [String] = []
  private var random: SplitMix64
  private let source: Schedule.Source
  private var priorities: PriorityPicker?
  private var nextDecision = 0

  init(_ source: Schedule.Source) {
    self.source = source
    guard case .seeded(let seed, let picker, let length) = source else {
      random = SplitMix64(seed: 0)
      return
    }
    random = SplitMix64(seed: seed)
    if case .priorities(let changes) = picker.settled(by: seed) {
      priorities = PriorityPicker(changes: changes, length: length, &random)
    }
  }

  mutating func pick(from eligible: EligibleWork) -> Int {
    trace.steps += 1
    let choice = choose(eligible)
    note(eligible.lane(choice), eligible.now)
    if choice != 0 { decide(choice, eligible) }
    if watched > 0 {
      watched -= 1
      seen.append(eligible.words(choice))
    }
    return choice
  }

  private mutating func choose(_ eligible: EligibleWork) -> Int {
    switch source {
    case .inOrder: return 0
    case .decided(let decisions): return decided(decisions, eligible.count)
    case .seeded:
      if priorities != nil { return priorities?.pick(from: eligible, trace.steps, &random) ?? 0 }
      return eligible.count > 1 ? random.below(eligible.count) : 0
    }
  }

  private mutating func decided(_ decisions: [Decision], _ count: Int) -> Int {
    while nextDecision < decisions.count, decisions[nextDecision].step < trace.steps {
      nextDecision += 1
    }
    guard nextDecision < decisions.count, decisions[nextDecision].step == trace.steps else {
      return 0
    }
    return min(decisions[nextDecision].choice, count - 1)
  }

  private mutating func decide(_ choice: Int, _ eligible: EligibleWork) {
    trace.decisions.append(Decision(step: trace.steps, choice: choice))
    guard isTelling else { return }
    let others = choice > 1 ? " and \(choice - 1) more" : ""
    trace.story.append(
      "step \(trace.steps): \(eligible.words(choice)) ran before \(eligible.words(0))\(others)"
    )
  }

  /// FNV-1a over the lane and the instant.
  private mutating func note(_ lane: Int, _ now: Int64) {
    for word in [UInt64(bitPattern: Int64(lane)), UInt64(bitPattern: now)] {
      trace.hash = (trace.hash ^ word) &* 0x100_0000_01b3
    }
  }
}

/// Chooses by priority; see ``SchedulePicker/priorities(changes:)``.
struct PriorityPicker: Sendable {
  /// What a priority belongs to: a lane, or a task that is on none.
  private enum Runner: Hashable { case lane(Int), task(UInt64) }

  private var priorities: [Runner: UInt64] = [:]
  /// At these steps what would run falls to the lowest priority.
  private var changes: [Int]
  private var lowest: UInt64 = 1 << 32

  init(changes count: Int, length: Int, _ random: inout SplitMix64) {
    changes = (0..<count).map { _ in random.below(length) + 1 }.sorted(by: >)
  }

  mutating func pick(
    from eligible: EligibleWork,
    _ step: Int,
    _ random: inout SplitMix64
  ) -> Int {
    var best = highest(eligible, &random)
    while let change = changes.last, change <= step {
      changes.removeLast()
      lowest -= 1
      priorities[runner(eligible, best)] = lowest
      best = highest(eligible, &random)
    }
    return best
  }

  private mutating func highest(_ eligible: EligibleWork, _ random: inout SplitMix64) -> Int {
    var (best, highest) = (0, UInt64.min)
    for index in 0..<eligible.count {
      let priority = priority(of: runner(eligible, index), &random)
      if priority > highest { (best, highest) = (index, priority) }
    }
    return best
  }

  private mutating func priority(of runner: Runner, _ random: inout SplitMix64) -> UInt64 {
    if let known = priorities[runner] { return known }
    let new = (1 << 32) + random.next() >> 1
    priorities[runner] = new
    return new
  }

  private func runner(_ eligible: EligibleWork, _ index: Int) -> Runner {
    let lane = eligible.lane(index)
    guard lane < 0 else { return .lane(lane) }
    return .task(eligible.job(index).map { tocsin_task_of_job($0) } ?? 0)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same numbers everywhere.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
