public import Tocsin

/// The triggers of a graph: their switches and thresholds at run time, and what they told.
///
/// ```swift
/// let board = TriggerBoard(on: lane)
/// Triggers.standard(on: board, performance: performance, safety: safety)
///   .route { Otherwise { pager } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. From anywhere, and any thread:
///
/// ```swift
/// board.commands.send(.set(threshold: 0.03, for: "drawdown.daily"))
/// ```
///
/// A command takes effect in the lane's next turn, and judges the last reading again at once. One for
/// a trigger that is not there, or with a number that is none, is told as `trigger.command`.
public actor TriggerBoard: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it may be told, from anywhere.
  public nonisolated let commands: Outlet<TriggerCommand>
  /// Commands that could not be carried out.
  public nonisolated let problems: Outlet<Alert>

  /// What triggers tell of themselves: name and settings, at the start and after each change.
  nonisolated let settings: Outlet<TriggerStanding>
  /// What passed the cooldowns.
  nonisolated let told: Outlet<Alert>
  /// Commands that name a trigger of this board, with its new settings.
  nonisolated let changes: Outlet<TriggerStanding>
  private let book: TriggerBook

  /// Makes a board, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets; unique in a graph.
  public init(on lane: Lane, name: String = "triggers") {
    self.lane = lane
    let book = TriggerBook()
    let (commands, problems) = (
      Outlet<TriggerCommand>("\(name).commands"), Outlet<Alert>("\(name).problems")
    )
    let changes = Outlet<TriggerStanding>("\(name).changes")
    let (settings, told) = (
      Outlet<TriggerStanding>("\(name).settings"), Outlet<Alert>("\(name).told")
    )
    _ = Tap(settings).each { book.settings[$0.trigger] = $0.settings }
    _ = Tap(told).each { book.history.append(Recorded($0, at: lane.now)) }
    _ = Tap(commands).each { command in
      switch book.carryOut(command) {
      case .success(let standing): changes.send(standing)
      case .failure(let problem): problems.send(problem.alert)
      }
    }
    (self.commands, self.problems, self.settings, self.told) = (commands, problems, settings, told)
    self.changes = changes
    self.book = book
    lane.adopt(self)
  }

  /// The triggers and their settings, by name.
  public var triggers: [String: TriggerSettings] { book.settings }
  /// The last 1,000 alerts of all triggers, oldest first.
  public var history: [Recorded<Alert>] { Array(book.history) }
}

/// A trigger and its settings.
struct TriggerStanding: Hashable, Sendable {
  var trigger: String
  var settings: TriggerSettings
}

/// What a board knows. Of one lane.
final class TriggerBook {
  var settings: [String: TriggerSettings] = [:]
  var history = Recent<Recorded<Alert>>(capacity: 1_000)

  func carryOut(_ command: TriggerCommand) -> Result<TriggerStanding, TriggerProblem> {
    guard var changed = settings[command.trigger] else {
      return .failure(.unknown(command.trigger, known: settings.keys.sorted()))
    }
    guard command.change(&changed) else { return .failure(.notANumber(command.trigger)) }
    settings[command.trigger] = changed
    return .success(TriggerStanding(trigger: command.trigger, settings: changed))
  }
}

/// Why a command to a ``TriggerBoard`` was not carried out.
enum TriggerProblem: Error, Hashable {
  case unknown(String, known: [String])
  case notANumber(String)

  var alert: Alert {
    let words =
      switch self {
      case .unknown(let name, let known):
        "There is no trigger \"\(name.bounded)\". Known: \(known.joined(separator: ", "))."
      case .notANumber(let name):
        "The threshold for \"\(name)\" is not a finite number; the old one stays."
      }
    return Alert("trigger.command", .warning, message: words)
  }
}
