import Tocsin

/// Whether the newest command has reached those who trade.
public enum DeliveryStatus: Hashable, Codable, Sendable {
  /// Nothing was commanded yet.
  case none
  /// It was given so often, and is not confirmed.
  case commanded(attempts: Int)
  /// It was reported as failed after so many attempts; it will be given again.
  case failed(attempts: Int, reason: String)
  /// It is carried out.
  case confirmed

  /// Whether it is sure that the command is carried out, or that there was none.
  public var isSettled: Bool { self == .confirmed || self == .none }
}

/// Gives commands again until they are confirmed.
///
/// After a failure it waits, the first time `firstPause` and then twice as long each time up to
/// `longestPause`; a command that is not answered within `confirmWithin` counts as failed. There is
/// no last attempt. A newer command takes the place of an older one; what is said about an older one
/// counts for nothing.
struct ControlDelivery: Sendable {
  static let firstPause = Duration.milliseconds(250)
  static let longestPause = Duration.seconds(30)

  /// What is to be done next.
  enum Step: Equatable {
    /// Give the command again.
    case again(SafetyChange, attempt: Int, because: String)
    /// Only tell that it failed.
    case failed(attempts: Int, because: String)
  }

  private(set) var change: SafetyChange?
  private(set) var status = DeliveryStatus.none
  private(set) var nextDeadline = Instant.distantFuture
  /// Whether somebody was told that the command is not confirmed.
  private(set) var isTold = false
  private let confirmWithin: Duration?
  private var attempts = 0
  private var pause = firstPause

  init(confirmWithin: Duration?) { self.confirmWithin = confirmWithin.map { max(.zero, $0) } }

  /// Notes that a command was given.
  mutating func given(_ change: SafetyChange, at now: Instant) {
    self.change = change
    (attempts, pause) = (0, Self.firstPause)
    count(at: now)
  }

  /// Notes that the newest command is carried out; false when it is not about that one, or known.
  mutating func confirm(_ sequence: Int) -> Bool {
    guard sequence == change?.sequence, status != .confirmed, status != .none else { return false }
    (status, nextDeadline) = (.confirmed, .distantFuture)
    return true
  }

  /// True once after a confirmation when somebody was told that it was missing.
  mutating func takeRelief() -> Bool {
    defer { isTold = false }
    return isTold && status == .confirmed
  }

  /// Notes that the newest command could not be carried out.
  mutating func fail(_ sequence: Int, _ reason: String, at now: Instant) -> Step? {
    guard sequence == change?.sequence, status != .none else { return nil }
    status = .failed(attempts: attempts, reason: reason)
    nextDeadline = now.advanced(by: pause)
    pause = min(pause + pause, Self.longestPause)
    isTold = true
    return .failed(attempts: attempts, because: reason)
  }

  /// Takes what is due.
  mutating func expire(at now: Instant) -> (step: Step, instant: Instant)? {
    guard nextDeadline <= now, let change else { return nil }
    let due = nextDeadline
    if case .failed(_, let reason) = status {
      count(at: due)
      return (.again(change, attempt: attempts, because: reason), due)
    }
    let words = "not confirmed within \(confirmWithin?.words ?? "any time")"
    return fail(change.sequence, words, at: due).map { ($0, due) }
  }

  private mutating func count(at now: Instant) {
    attempts += 1
    status = .commanded(attempts: attempts)
    nextDeadline = confirmWithin.map(now.advanced(by:)) ?? .distantFuture
  }
}
