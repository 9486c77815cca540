import Synchronization

/// Whether a rule has begun, for the selection in front of it.
///
/// A rule about silence wants a part of what is sent, and the first of all that is sent: recorded
/// time begins with it. So until the rule has begun everything goes through, what is not for it as
/// nothing but the passing of time. Read by the threads that send.
final class Opening: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Whether the rule has begun.
  var hasBegun: Bool { flag.load(ordering: .relaxed) }

  /// The rule has begun: only what it is about goes on.
  func begin() { flag.store(true, ordering: .relaxed) }

  /// What goes on: what was selected, or nothing but time in its place; nil leaves it out.
  func heard<Selected>(_ selected: Selected?) -> Selected?? {
    selected != nil || !hasBegun ? .some(selected) : nil
  }
}
