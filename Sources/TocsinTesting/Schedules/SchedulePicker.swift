/// How a seed makes choices.
public enum SchedulePicker: Hashable, Sendable {
  /// Every piece of work that could run is as likely as any other.
  case uniform
  /// Each lane and task has a random priority, and the highest runs until, at so many random
  /// instants, the one that runs falls to the lowest.
  ///
  /// Finds what needs one lane to be far behind the others, which uniform choices hardly ever give:
  /// a bug that needs *d* orderings is found with a probability of at least 1 / (n · k^(d-1)), with n
  /// lanes, k steps and d - 1 changes (Burckhardt, Kothari, Musuvathi and Nagarakatte, "A Randomized
  /// Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010).
  case priorities(changes: Int)
  /// First in, first out, but at so many random instants the lane or task whose turn it is is held
  /// back until nothing else can run (delay bounding: Emmi, Qadeer and Rakamaric, "Delay-Bounded
  /// Scheduling", POPL 2011).
  case delays(Int)
  /// By the seed. Odd seeds delay once, each at another choice, so that *n* schedules hold for any
  /// single delay in a run of up to n / 2 choices; those beyond delay twice, at random. Even seeds
  /// are uniform, or by priorities with none to two changes, in turn.
  case mixed

  /// What it is for an even seed.
  func settled(by seed: UInt64) -> SchedulePicker {
    guard self == .mixed else { return self }
    return seed % 4 == 0 ? .uniform : .priorities(changes: Int(seed / 4 % 3))
  }
}
