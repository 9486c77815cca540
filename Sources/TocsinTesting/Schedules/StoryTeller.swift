internal import CTocsinTesting
internal import Tocsin

/// Puts the decisions of a schedule into sentences.
struct StoryTeller: Sendable {
  private(set) var sentences: [String] = []
  private let names: TaskNames
  /// The tasks that have run. They are numbered as they first run: the first one is the body.
  private var tasks: [UInt64] = []

  init(_ names: TaskNames) { self.names = names }

  /// Work was run before its turn.
  mutating func tell(_ step: Int, _ choice: Int, _ eligible: EligibleWork) {
    let others = choice > 1 ? " and \(choice - 1) more" : ""
    let (first, oldest) = (words(choice, eligible), words(0, eligible))
    sentences.append("step \(step): \(first) ran before \(oldest)\(others)")
  }

  /// Work was held back.
  mutating func tellHold(_ step: Int, _ index: Int, _ eligible: EligibleWork) {
    let held = words(index, eligible)
    sentences.append("step \(step): \(held) is held back until nothing else can run")
  }

  mutating func ran(_ choice: Int, _ eligible: EligibleWork) {
    if let id = task(choice, eligible) { _ = number(of: id) }
  }

  private mutating func words(_ index: Int, _ eligible: EligibleWork) -> String {
    let words = eligible.words(index)
    guard let id = task(index, eligible) else { return words }
    let task = taskWords(id)
    return eligible.lane(index) < 0 ? task : words.replacing("a call", with: "a call of \(task)")
  }

  private mutating func taskWords(_ id: UInt64) -> String {
    let number = number(of: id)
    if number == 0 { return "the body" }
    return names.name(of: id).map { "task \"\($0)\"" } ?? "task \(number)"
  }

  private func task(_ index: Int, _ eligible: EligibleWork) -> UInt64? {
    let id = eligible.job(index).map { tocsin_task_of_job($0) } ?? 0
    return id == 0 ? nil : id
  }

  private mutating func number(of task: UInt64) -> Int {
    if let known = tasks.firstIndex(of: task) { return known }
    tasks.append(task)
    return tasks.count - 1
  }
}
