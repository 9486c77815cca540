internal import Synchronization
internal import Tocsin

/// Makes the choices of a schedule, and writes down what it chose.
final class ScheduleRecorder: WorkChooser {
  private let state: Mutex<ScheduleState>

  init(_ schedule: Schedule) { state = Mutex(ScheduleState(schedule.source)) }

  func choose(from eligible: EligibleWork) -> Int {
    state.withLock { $0.pick(from: eligible) }
  }

  /// Writes down the words of the next pieces of work that run.
  func watchNext(_ count: Int) { state.withLock { $0.watched = count } }

  /// The words of what was watched, in order.
  var seen: [String] { state.withLock(\.seen) }

  /// Writes a sentence for every decision that is not first in, first out.
  func tellStory(_ names: TaskNames) { state.withLock { $0.teller = StoryTeller(names) } }

  /// The sentences.
  var story: [String] { state.withLock { $0.teller?.sentences ?? [] } }

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
}

struct ScheduleState: Sendable {
  var trace = ScheduleTrace()
  var teller: StoryTeller?
  var watched = 0
  var seen: [String] = []
  private var random: SeededRandom
  private var priorities: PriorityPicker?
  /// What was decided before the run, or when the picker was made.
  private var plan: [Decision] = []
  private var nextDecision = 0
  private var isUniform = false
  private var held: Set<Runner> = []

  init(_ source: Schedule.Source) {
    random = SeededRandom(seed: 0)
    switch source {
    case .inOrder: break
    case .decided(let decisions): plan = decisions
    case .seeded(let seed, let picker, let length):
      random = SeededRandom(seed: seed)
      if picker == .mixed, seed % 2 == 1 {
        planDelays(sweep: seed / 2, length)
        return
      }
      switch picker.settled(by: seed) {
      case .priorities(let changes):
        priorities = PriorityPicker(changes: changes, length: length, &random)
      case .delays(let count):
        planDelays(count, length)
      case .uniform, .mixed: isUniform = true
      }
    }
  }

  private mutating func planDelays(_ count: Int, _ length: Int) {
    var steps: Set<Int> = []
    for _ in 0..<count { steps.insert(random.below(length) + 1) }
    plan = steps.sorted().map { Decision(step: $0, .hold) }
  }

  /// One delay at each choice in turn, then two at random.
  private mutating func planDelays(sweep: UInt64, _ length: Int) {
    guard sweep < UInt64(length) else { return planDelays(2, length) }
    plan = [Decision(step: Int(sweep) + 1, .hold)]
  }

  mutating func pick(from eligible: EligibleWork) -> Int {
    trace.steps += 1
    let choice = choose(eligible)
    note(eligible.lane(choice), eligible.now)
    teller?.ran(choice, eligible)
    if watched > 0 {
      watched -= 1
      seen.append(eligible.words(choice))
    }
    return choice
  }

  private mutating func choose(_ eligible: EligibleWork) -> Int {
    if let planned = plannedChoice() { return carryOut(planned, eligible) }
    if isUniform && eligible.count > 1 {
      return carryOut(.run(random.below(eligible.count)), eligible)
    }
    if let choice = priorities?.pick(from: eligible, trace.steps, &random) {
      return carryOut(.run(choice), eligible)
    }
    return oldest(eligible)
  }

  private mutating func plannedChoice() -> Decision.Choice? {
    while nextDecision < plan.count, plan[nextDecision].step < trace.steps { nextDecision += 1 }
    guard nextDecision < plan.count, plan[nextDecision].step == trace.steps else { return nil }
    return plan[nextDecision].choice
  }

  private mutating func carryOut(_ planned: Decision.Choice, _ eligible: EligibleWork) -> Int {
    switch planned {
    case .run(let number):
      let choice = min(number, eligible.count - 1)
      guard choice != 0 else { return 0 }
      trace.decisions.append(Decision(step: trace.steps, .run(choice)))
      teller?.tell(trace.steps, choice, eligible)
      return choice
    case .hold:
      let delayed = oldest(eligible)
      held.insert(Runner(eligible, delayed))
      trace.decisions.append(Decision(step: trace.steps, .hold))
      teller?.tellHold(trace.steps, delayed, eligible)
      return oldest(eligible)
    }
  }

  /// The one that has waited longest and is not held back; when all are, the one that has waited
  /// longest is not held back any more.
  private mutating func oldest(_ eligible: EligibleWork) -> Int {
    guard !held.isEmpty else { return 0 }
    for index in 0..<eligible.count where !held.contains(Runner(eligible, index)) { return index }
    held.remove(Runner(eligible, 0))
    return 0
  }

  /// FNV-1a over the lane and the instant.
  private mutating func note(_ lane: Int, _ now: Int64) {
    for word in [UInt64(bitPattern: Int64(lane)), UInt64(bitPattern: now)] {
      trace.hash = (trace.hash ^ word) &* 0x100_0000_01b3
    }
  }
}
