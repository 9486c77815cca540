/// One place where a run differs from first in, first out.
public struct Decision: Hashable, Codable, Sendable {
  /// What is done there.
  public enum Choice: Hashable, Codable, Sendable {
    /// Of the pieces of work that could run this one does: 0 would be the one that has waited
    /// longest.
    case run(Int)
    /// The lane or task whose turn it would be is held back until nothing else can run.
    case hold
  }

  /// Which of the run's choices, from 1 on.
  public var step: Int
  /// What is done there.
  public var choice: Choice

  /// Makes a decision.
  public init(step: Int, _ choice: Choice) {
    self.step = step
    self.choice = choice
  }
}

extension Decision: CustomStringConvertible, LosslessStringConvertible {
  /// As `23:1` or `23:hold`, which reads back.
  public var description: String {
    switch choice {
    case .run(let number): "\(step):\(number)"
    case .hold: "\(step):hold"
    }
  }

  /// Reads `23:1` and `23:hold`. Nil for anything else.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let step = Int(parts[0]), step > 0 else { return nil }
    if parts[1] == "hold" {
      self.init(step: step, .hold)
    } else if let number = Int(parts[1]), number >= 0 {
      self.init(step: step, .run(number))
    } else {
      return nil
    }
  }
}
